/// A Multiboot-1 kernel: what to put where in physical memory, and where to begin.
///
/// Reads an ELF32 executable for the i386, or any file whose Multiboot header carries load addresses (flag 16), which
/// then win, as the specification says. The file is checked whole before anything is loaded: segments lie within memory
/// and do not overlap, the entry point lies in a segment.
///
/// Source: Multiboot Specification 0.6.96, section 3.1.
public struct MultibootImage: Sendable {
    /// A contiguous range of physical memory and what fills it.
    public struct Segment: Sendable {
        /// Where it is loaded.
        public let physicalAddress: UInt32
        /// Where its code expects to find it once paging is on; the physical address if the file does not tell.
        public let virtualAddress: UInt32
        /// Its contents, at most ``memorySize`` of them; zeros follow.
        public let bytes: ArraySlice<UInt8>
        /// Its size in memory, in bytes; at least 1.
        public let memorySize: Int
    }

    /// The physical address of the first instruction.
    public let entry: UInt32
    /// What to load, in the file's order; at least one.
    public let segments: [Segment]
    /// The header's flags: bit 0, modules on page boundaries; bit 1, memory information wanted; bit 2, a video mode
    /// wanted; bit 16, the load addresses came from the header.
    public let flags: UInt32

    /// The machine's physical memory: 16 MiB.
    public static let defaultMemorySize = 16 << 20

    /// - Parameters:
    ///   - bytes: the file's contents.
    ///   - memorySize: the machine's physical memory, in bytes.
    /// - Throws: why these bytes cannot be booted.
    public init(bytes: [UInt8], memorySize: Int = defaultMemorySize) throws(ImageError) {
        let reader = ImageReader(bytes: bytes)
        let header = try MultibootHeader.find(in: reader)
        if let header, let addresses = header.addresses {
            segments = [try Self.segment(addresses, headerOffset: header.offset, reader)]
            entry = addresses.entry
        } else {
            let elf = try ELF32(reader)
            if header == nil { throw MultibootHeader.explainAbsence(in: reader) }
            segments = elf.loadHeaders.map(Segment.init)
            entry = Self.physicalEntry(elf)
        }
        flags = header?.flags ?? 0
        try Self.check(segments, memorySize: memorySize)
        try Self.check(entry: entry, segments)
    }

    /// ELF names the entry by its virtual address. A loader, running without paging, jumps to the physical one.
    private static func physicalEntry(_ elf: ELF32) -> UInt32 {
        let home = elf.loadHeaders.first { Int(elf.entry &- $0.virtualAddress) < $0.memorySize }
        return home.map { elf.entry &- $0.virtualAddress &+ $0.physicalAddress } ?? elf.entry
    }

    private static func segment(
        _ addresses: MultibootHeader.Addresses, headerOffset: Int, _ reader: ImageReader
    ) throws(ImageError) -> Segment {
        let load = Int(addresses.load)
        let start = headerOffset - (Int(addresses.header) - load)
        guard start >= 0, start <= headerOffset else {
            throw ImageError(
                "the Multiboot header's load_addr and header_addr do not fit its place in the file",
                offset: headerOffset)
        }
        let size = addresses.loadEnd == 0 ? reader.bytes.count - start : Int(addresses.loadEnd) - load
        guard size > 0 else {
            throw ImageError("the Multiboot header's load_end_addr lies before its load_addr", offset: headerOffset)
        }
        let bytes = try reader.slice(size, at: start, "what the Multiboot header tells to load")
        let memorySize = addresses.bssEnd == 0 ? size : Int(addresses.bssEnd) - load
        guard memorySize >= size else {
            throw ImageError("the Multiboot header's bss_end_addr lies before its load_end_addr", offset: headerOffset)
        }
        return Segment(
            physicalAddress: addresses.load, virtualAddress: addresses.load, bytes: bytes, memorySize: memorySize)
    }
}

// MARK: - Checks

extension MultibootImage {
    private static func check(_ segments: [Segment], memorySize: Int) throws(ImageError) {
        guard !segments.isEmpty else { throw ImageError("the ELF file has no segment to load (PT_LOAD)") }
        for segment in segments where segment.range.upperBound > memorySize {
            throw ImageError(
                "a segment takes physical addresses \(segment.text), outside of memory",
                note: "the machine has \(memorySize >> 20) MiB: link to physical addresses from 100000h")
        }
        let sorted = segments.sorted { $0.physicalAddress < $1.physicalAddress }
        for (first, second) in zip(sorted, sorted.dropFirst()) where first.range.overlaps(second.range) {
            throw ImageError("two segments overlap in physical memory: \(first.text) and \(second.text)")
        }
    }

    private static func check(entry: UInt32, _ segments: [Segment]) throws(ImageError) {
        guard segments.contains(where: { $0.range.contains(Int(entry)) }) else {
            throw ImageError("the entry point 0x\(String(entry, radix: 16)) lies in no segment")
        }
    }
}

extension MultibootImage.Segment {
    fileprivate init(_ header: ELF32.LoadHeader) {
        self.init(
            physicalAddress: header.physicalAddress, virtualAddress: header.virtualAddress, bytes: header.bytes,
            memorySize: header.memorySize)
    }

    fileprivate var range: Range<Int> {
        Int(physicalAddress)..<Int(physicalAddress) + memorySize
    }

    fileprivate var text: String {
        "0x\(String(range.lowerBound, radix: 16)) to 0x\(String(range.upperBound - 1, radix: 16))"
    }
}
