import X86

/// The linear memory of a sandbox: which pages are there, and which frames of RAM hold them and their tables.
///
/// Directory and tables lie in frames that no page shows, so that no instruction can see or change them.
struct SandboxMemory {
    /// Physical address of the page directory.
    static let directory: UInt32 = 0x1000
    private static let firstFree: UInt32 = 0x2000
    private static let presentWritableUser: UInt32 = 7

    private var frames: [UInt32: UInt32] = [:]
    private var tables: [UInt32: UInt32] = [:]
    private var next = Self.firstFree

    /// - Throws: if the request wants more memory than there is, or memory beyond 4 GiB.
    init(_ request: SandboxRequest) throws(SandboxError) {
        let code = SandboxRequest.Area(address: request.origin, size: UInt32(clamping: request.code.count))
        for area in [code] + request.maps {
            guard let pages = area.pages else {
                throw SandboxError("\(area.size) bytes from 0x\(String(area.address, radix: 16)) reach beyond 4 GiB")
            }
            guard pages.count <= SandboxRequest.mostPages else { throw Self.tooMuch }
            for page in pages where frames[page] == nil { try addPage(page) }
        }
    }

    private static let tooMuch = SandboxError("at most 16 MiB can be mapped")

    private mutating func addPage(_ page: UInt32) throws(SandboxError) {
        guard frames.count < SandboxRequest.mostPages else { throw Self.tooMuch }
        if tables[page >> 10] == nil { tables[page >> 10] = takeFrame() }
        frames[page] = takeFrame()
    }

    private mutating func takeFrame() -> UInt32 {
        defer { next &+= 0x1000 }
        return next
    }

    /// How much RAM all of it needs, in bytes.
    var ramSize: UInt32 { next }

    /// Writes the directory and the tables.
    func install(in cpu: inout CPU) {
        for (index, table) in tables {
            Self.write(table | Self.presentWritableUser, at: Self.directory + index * 4, in: &cpu)
        }
        for (page, frame) in frames { setEntry(of: page, to: frame | Self.presentWritableUser, in: &cpu) }
    }

    private func setEntry(of page: UInt32, to entry: UInt32, in cpu: inout CPU) {
        guard let table = tables[page >> 10] else { return }
        Self.write(entry, at: table + (page & 0x3FF) * 4, in: &cpu)
    }

    /// Fills mapped memory.
    /// - Throws: if a byte lies where nothing is mapped.
    func fill(_ address: UInt32, with bytes: [UInt8], in cpu: inout CPU) throws(SandboxError) {
        var rest = bytes[...]
        var address = address
        while !rest.isEmpty {
            guard let frame = frames[address >> 12] else {
                throw SandboxError("0x\(String(address, radix: 16)) is not mapped; add it to `map`")
            }
            let piece = rest.prefix(Int(0x1000 - (address & 0xFFF)))
            cpu.loadPhysical(piece, at: frame | address & 0xFFF)
            rest = rest.dropFirst(piece.count)
            address &+= UInt32(piece.count)
        }
    }

    private static func write(_ value: UInt32, at address: UInt32, in cpu: inout CPU) {
        cpu.loadPhysical(littleEndian(value), at: address)
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
