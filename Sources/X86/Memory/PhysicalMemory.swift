#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The machine's RAM, from physical address 0. Addresses beyond it read as ones and ignore writes, as on a
/// bus where nobody answers.
struct PhysicalMemory: ~Copyable {
    /// Size in bytes, a multiple of the page size.
    let size: UInt32
    private let bytes: UnsafeMutableRawPointer

    static let pageSize: UInt32 = 4096

    /// Zeroed memory of at least `size` bytes, rounded up to whole pages.
    init(size: UInt32) {
        self.size = (size &+ Self.pageSize &- 1) & ~(Self.pageSize - 1)
        guard let bytes = Self.allocate(Int(self.size)) else { preconditionFailure("no memory for a guest") }
        self.bytes = bytes
    }

    deinit { if size <= Self.smallSize { free(bytes) } else { munmap(bytes, Int(size)) } }

    /// Memory of a sandbox, which lives for microseconds, is cleared sooner than mapped.
    private static let smallSize: UInt32 = 128 << 10

    /// Of a larger machine, pages that the guest never touches stay with the host: it costs nothing until it is used.
    private static func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        guard size > Int(smallSize) else { return calloc(1, size) }
        let bytes = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        return bytes == MAP_FAILED ? nil : bytes
    }

    /// The memory, for as long as this exists.
    var view: View { View(size: size, bytes: bytes) }

    /// RAM as those see it who know that an address lies in it.
    struct View {
        /// Bytes of RAM.
        let size: UInt32
        fileprivate let bytes: UnsafeMutableRawPointer

        @inline(__always)
        func load(at address: UInt32) -> UInt32 {
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: Int(address), as: UInt32.self))
        }

        @inline(__always)
        func store(_ value: UInt32, at address: UInt32) {
            bytes.storeBytes(of: value.littleEndian, toByteOffset: Int(address), as: UInt32.self)
        }
    }

    var pageCount: Int { Int(size / Self.pageSize) }

    @inline(__always)
    func load<W: OperandWord>(_ type: W.Type, at address: UInt32) -> W {
        guard address < size, size &- address >= W.size else { return loadAtEdge(type, at: address) }
        return W(littleEndian: bytes.loadUnaligned(fromByteOffset: Int(address), as: W.self))
    }

    @inline(__always)
    func store<W: OperandWord>(_ value: W, at address: UInt32) {
        guard address < size, size &- address >= W.size else { return storeAtEdge(value, at: address) }
        bytes.storeBytes(of: value.littleEndian, toByteOffset: Int(address), as: W.self)
    }

    /// Copies bytes to an address; they must fit.
    func copy(_ source: some Collection<UInt8>, to address: UInt32) {
        let room = UnsafeMutableRawBufferPointer(start: bytes + Int(address), count: Int(size - address))
        room.copyBytes(from: source)
    }

    /// Where a page of RAM begins.
    func start(ofPage number: Int) -> UnsafeRawPointer { UnsafeRawPointer(bytes) + number * Int(Self.pageSize) }

    /// Appends a stretch of memory to an array; what lies beyond RAM reads as ones.
    func append(to result: inout [UInt8], from address: UInt32, count: Int) {
        let present = address < size ? min(count, Int(size - address)) : 0
        if present > 0 { result += UnsafeRawBufferPointer(start: bytes + Int(address), count: present) }
        result += repeatElement(0xFF, count: count - present)
    }

    @inline(never)
    private func loadAtEdge<W: OperandWord>(_ type: W.Type, at address: UInt32) -> W {
        var value: W = 0
        for index in 0..<W.size {
            let byte =
                address &+ index < size ? bytes.load(fromByteOffset: Int(address &+ index), as: UInt8.self) : 0xFF
            value |= W(truncatingIfNeeded: byte) << W(8 * index)
        }
        return value
    }

    @inline(never)
    private func storeAtEdge<W: OperandWord>(_ value: W, at address: UInt32) {
        for index in 0..<W.size where address &+ index < size {
            let byte = UInt8(truncatingIfNeeded: value >> W(8 * index))
            bytes.storeBytes(of: byte, toByteOffset: Int(address &+ index), as: UInt8.self)
        }
    }
}
