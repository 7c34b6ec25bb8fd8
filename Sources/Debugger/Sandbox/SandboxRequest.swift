import X86

/// A few instructions, and everything that they may see.
///
/// The processor starts with flat segments, paging on, and an empty IDT. The pages of the code and of ``maps`` are readable
/// and writable from every ring; no other page is present, not even the GDT's: loading a selector is a page fault.
public struct SandboxRequest: Sendable {
    /// The processor.
    public var model: CPUModel
    /// The ring that the code runs in, 0–3.
    public var ring: UInt8 = 3
    /// The instructions; at least one byte.
    public var code: [UInt8]
    /// The linear address of the first one.
    public var origin: UInt32 = 0x40_0000
    /// Where EIP starts, if not at the origin.
    public var start: UInt32?
    /// General registers; those that are missing are zero.
    public var registers: [Register: UInt32] = [:]
    /// EFLAGS at the beginning: interrupts on by default. VM cannot be set.
    public var eflags: UInt32 = Flags.interrupt | Flags.reserved
    /// The memory that is mapped besides the code's pages: first addresses and sizes in bytes.
    public var maps: [Area] = []
    /// Bytes to put into mapped memory beforehand.
    public var contents: [Content] = []
    /// The most instructions to execute; each round of a repeated string instruction counts. At most ``mostSteps``.
    public var stepLimit = 1000
    /// What to read when the run is over, at most ``mostDumpedBytes`` together.
    public var dumps: [Area] = []

    /// A stretch of linear memory.
    public struct Area: Hashable, Sendable {
        /// Its first address.
        public let address: UInt32
        /// Its size in bytes. It must not reach beyond 4 GiB.
        public let size: UInt32

        /// - Parameters:
        ///   - address: the first address.
        ///   - size: in bytes.
        public init(address: UInt32, size: UInt32) {
            self.address = address
            self.size = size
        }

        /// The numbers of the pages that it touches, or `nil` if it reaches beyond the address space.
        var pages: Range<UInt32>? {
            guard UInt64(address) + UInt64(size) <= 1 << 32 else { return nil }
            guard size > 0 else { return 0..<0 }
            return address >> 12..<(address &+ (size - 1)) >> 12 + 1
        }
    }

    /// Bytes at an address.
    public struct Content: Hashable, Sendable {
        /// Where the first byte goes.
        public let address: UInt32
        /// The bytes.
        public let bytes: [UInt8]

        /// - Parameters:
        ///   - address: where the first byte goes.
        ///   - bytes: what goes there.
        public init(address: UInt32, bytes: [UInt8]) {
            self.address = address
            self.bytes = bytes
        }
    }

    /// 16 MiB of mapped memory.
    public static let mostPages = 4096
    /// A bound for what strangers may ask for.
    public static let mostSteps = 1_000_000
    /// 1 MiB.
    public static let mostDumpedBytes = 1 << 20

    /// Code for a processor, with everything else at its default.
    public init(model: CPUModel, code: [UInt8]) {
        self.model = model
        self.code = code
    }
}

/// Why a request cannot be carried out.
public struct SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and what would work.
    public let description: String

    init(_ description: String) { self.description = description }
}
