/// Assembles ELF files byte by byte, right or wrong, as a test wishes.
struct ImageBuilder {
    struct ProgramHeader {
        var type: UInt32 = 1
        var virtualAddress: UInt32?
        var physicalAddress: UInt32 = 0x10_0000
        var contents: [UInt8] = []
        var memorySize: UInt32?
        var fileOffset: UInt32?
        var fileSize: UInt32?
    }

    var multibootHeader: [UInt32]? = [0x1BAD_B002, 3, 0 &- (0x1BAD_B002 + 3)]
    var headers: [ProgramHeader] = [ProgramHeader(contents: [0xFA, 0xF4])]
    var entry: UInt32 = 0x10_0000
    var type: UInt16 = 2
    var machine: UInt16 = 3
    var classAndOrder: [UInt8] = [1, 1]
    var headerSize: UInt16 = 32
    var headerTable: UInt32 = 52
    /// Bytes between the program headers and the Multiboot header.
    var gap = 0

    /// ELF header, program headers, gap, Multiboot header, contents.
    func build() -> [UInt8] {
        var file: [UInt8] = [0x7F, 0x45, 0x4C, 0x46] + classAndOrder + [1] + [UInt8](repeating: 0, count: 9)
        file += Self.bytes(type) + Self.bytes(machine) + Self.bytes(UInt32(1)) + Self.bytes(entry)
        file += Self.bytes(headerTable) + Self.bytes(UInt32(0)) + Self.bytes(UInt32(0)) + Self.bytes(UInt16(52))
        file += Self.bytes(headerSize) + Self.bytes(UInt16(headers.count)) + [UInt8](repeating: 0, count: 6)
        var offset = UInt32(52 + 32 * headers.count + gap + 4 * (multibootHeader?.count ?? 0))
        for header in headers {
            file += programHeader(header, offset: offset)
            offset += UInt32(header.contents.count)
        }
        file += [UInt8](repeating: 0, count: gap) + (multibootHeader ?? []).flatMap(Self.bytes)
        return file + headers.flatMap(\.contents)
    }

    private func programHeader(_ header: ProgramHeader, offset: UInt32) -> [UInt8] {
        let size = UInt32(header.contents.count)
        let fields: [UInt32] = [
            header.type, header.fileOffset ?? offset, header.virtualAddress ?? header.physicalAddress,
            header.physicalAddress, header.fileSize ?? size, header.memorySize ?? size, 7, 4,
        ]
        return fields.flatMap(Self.bytes)
    }

    static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
