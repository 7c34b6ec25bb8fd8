/// What a boot loader needs of a 32-bit ELF executable for the i386.
///
/// Source: System V Application Binary Interface, "Object Files", and its Intel386 supplement.
struct ELF32 {
    /// A program header of type PT_LOAD.
    struct LoadHeader {
        let virtualAddress: UInt32
        let physicalAddress: UInt32
        let bytes: ArraySlice<UInt8>
        let memorySize: Int
    }

    /// `e_entry`: a virtual address.
    let entry: UInt32
    let loadHeaders: [LoadHeader]

    private static let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
    private static let programHeaderSize = 32
    private static let loadable: UInt32 = 1

    static func isELF(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: magic)
    }

    /// - Throws: what makes the file something other than an executable for a 32-bit x86.
    init(_ reader: ImageReader) throws(ImageError) {
        guard Self.isELF(reader.bytes) else { throw Self.notELF(reader.bytes) }
        try Self.checkIdentification(reader)
        entry = try reader.doubleWord(at: 24, "the ELF header")
        loadHeaders = try Self.readLoadHeaders(reader)
    }

    private static func checkIdentification(_ reader: ImageReader) throws(ImageError) {
        let header = "the ELF header"
        guard try reader.byte(at: 4, header) == 1 else {
            throw ImageError("not a 32-bit ELF file", offset: 4, note: "link it with -m elf_i386")
        }
        guard try reader.byte(at: 5, header) == 1 else {
            throw ImageError("not a little-endian ELF file", offset: 5)
        }
        let type = try reader.word(at: 16, header)
        guard type == 2 else {
            let what = [1: "an object file", 3: "position-independent", 4: "a core dump"][type] ?? "of type \(type)"
            throw ImageError(
                "the ELF file is \(what), not an executable", offset: 16, note: "link it with ld, without -pie")
        }
        let machine = try reader.word(at: 18, header)
        guard machine == 3 else {
            throw ImageError("the ELF file is for machine \(machine), not for the i386 (3)", offset: 18)
        }
    }

    private static func readLoadHeaders(_ reader: ImageReader) throws(ImageError) -> [LoadHeader] {
        let table = Int(try reader.doubleWord(at: 28, "the ELF header"))
        let size = Int(try reader.word(at: 42, "the ELF header"))
        let count = Int(try reader.word(at: 44, "the ELF header"))
        guard count > 0 else { throw ImageError("the ELF file has no program headers: nothing to load", offset: 44) }
        guard size >= programHeaderSize else {
            throw ImageError("program headers of \(size) bytes, where 32 are the least", offset: 42)
        }
        var headers: [LoadHeader] = []
        for index in 0..<count {
            let header = try readLoadHeader(at: table + index * size, "program header \(index)", reader)
            if let header { headers.append(header) }
        }
        return headers
    }

    /// `nil` for a header of another type, and for one that occupies no memory.
    private static func readLoadHeader(
        at offset: Int, _ name: String, _ reader: ImageReader
    ) throws(ImageError) -> LoadHeader? {
        guard try reader.doubleWord(at: offset, name) == loadable else { return nil }
        let start = Int(try reader.doubleWord(at: offset + 4, name))
        let virtualAddress = try reader.doubleWord(at: offset + 8, name)
        let physicalAddress = try reader.doubleWord(at: offset + 12, name)
        let fileSize = Int(try reader.doubleWord(at: offset + 16, name))
        let memorySize = Int(try reader.doubleWord(at: offset + 20, name))
        guard fileSize <= memorySize else {
            throw ImageError(
                "\(name) loads \(fileSize) bytes into \(memorySize) bytes of memory", offset: offset + 16)
        }
        if memorySize == 0 { return nil }
        let bytes = try reader.slice(fileSize, at: start, "the contents of \(name)")
        return LoadHeader(
            virtualAddress: virtualAddress, physicalAddress: physicalAddress, bytes: bytes, memorySize: memorySize)
    }

    private static func notELF(_ bytes: [UInt8]) -> ImageError {
        let note = "what boots is a Multiboot-1 kernel, an ELF file for the i386"
        if bytes.isEmpty { return ImageError("the file is empty", note: note) }
        let start = bytes.prefix(4).map { hexadecimal($0) }.joined(separator: " ")
        let kinds: [(start: [UInt8], name: String)] = [
            ([0x4D, 0x5A], ", a DOS or Windows program"), ([0x1F, 0x8B], ", gzip: unpack it first"),
            ([0x23, 0x21], ", a script"),
        ]
        let kind = kinds.first { bytes.starts(with: $0.start) }?.name ?? ""
        return ImageError("not an ELF file: starts with \(start)\(kind)", offset: 0, note: note)
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
