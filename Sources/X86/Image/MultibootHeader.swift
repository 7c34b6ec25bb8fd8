/// The header by which a boot loader recognises a kernel.
///
/// Source: Multiboot Specification 0.6.96, section 3.1, "OS image format".
struct MultibootHeader {
    /// Where to load an image that tells so in the header, for files that are no ELF ("a.out kludge", flag 16).
    struct Addresses {
        let header: UInt32
        let load: UInt32
        /// 0: to the end of the file.
        let loadEnd: UInt32
        /// 0: nothing beyond the loaded bytes.
        let bssEnd: UInt32
        let entry: UInt32
    }

    /// File offset of the magic number, in bytes.
    let offset: Int
    let flags: UInt32
    let addresses: Addresses?

    static let magic: UInt32 = 0x1BAD_B002
    private static let searchLength = 8192
    private static let size = 12
    private static let addressesFlag: UInt32 = 1 << 16
    /// Bits 0 to 15 are requirements, of which the specification defines 0 (page-aligned modules), 1 (memory
    /// information) and 2 (video mode). A loader must refuse an image that requires something it does not know.
    private static let unknownRequirements: UInt32 = 0xFFF8

    /// The first valid header of a file, or `nil` if there is none.
    ///
    /// - Throws: if there is one that requires what no loader knows, or that is cut short.
    static func find(in reader: ImageReader) throws(ImageError) -> MultibootHeader? {
        let limit = min(reader.bytes.count, searchLength) - size
        guard limit >= 0 else { return nil }
        for offset in stride(from: 0, through: limit, by: 4) where sum(at: offset, reader) == 0 {
            return try MultibootHeader(at: offset, reader)
        }
        return nil
    }

    /// Why ``find(in:)`` found nothing: what comes closest to a header.
    static func explainAbsence(in reader: ImageReader) -> ImageError {
        let note = "a header is 1BADB002h, flags, and what makes their sum 0, 4-byte aligned in the first 8192 bytes"
        guard let offset = reader.bytes.indices.first(where: { field(at: $0, reader) == magic }) else {
            return ImageError("no Multiboot header", note: note)
        }
        let reason = defect(at: offset, fileSize: reader.bytes.count)
        return ImageError("the Multiboot header does not count: \(reason)", offset: offset, note: note)
    }

    /// What is wrong with a header whose magic number is right.
    private static func defect(at offset: Int, fileSize: Int) -> String {
        if offset > searchLength - size { return "it must lie within the first 8192 bytes" }
        if offset % 4 != 0 { return "its offset must be a multiple of 4" }
        return offset > fileSize - size ? "the file ends inside the header" : "its checksum is wrong"
    }

    private init(at offset: Int, _ reader: ImageReader) throws(ImageError) {
        self.offset = offset
        flags = try reader.doubleWord(at: offset + 4, "the Multiboot header")
        guard flags & Self.unknownRequirements == 0 else {
            throw ImageError(
                "the Multiboot header requires unknown features: its flags are 0x\(String(flags, radix: 16))",
                offset: offset + 4, note: "of bits 0 to 15, only 0, 1 and 2 are defined")
        }
        let hasAddresses = flags & Self.addressesFlag != 0
        addresses = hasAddresses ? try Addresses(at: offset + 12, reader) : nil
    }

    /// Magic + flags + checksum, if the magic is there.
    private static func sum(at offset: Int, _ reader: ImageReader) -> UInt32? {
        guard let first = field(at: offset, reader), first == magic, let flags = field(at: offset + 4, reader),
            let checksum = field(at: offset + 8, reader)
        else { return nil }
        return first &+ flags &+ checksum
    }

    private static func field(at offset: Int, _ reader: ImageReader) -> UInt32? {
        try? reader.doubleWord(at: offset, "")
    }
}

extension MultibootHeader.Addresses {
    fileprivate init(at offset: Int, _ reader: ImageReader) throws(ImageError) {
        let name = "the Multiboot header's addresses"
        header = try reader.doubleWord(at: offset, name)
        load = try reader.doubleWord(at: offset + 4, name)
        loadEnd = try reader.doubleWord(at: offset + 8, name)
        bssEnd = try reader.doubleWord(at: offset + 12, name)
        entry = try reader.doubleWord(at: offset + 16, name)
    }
}
