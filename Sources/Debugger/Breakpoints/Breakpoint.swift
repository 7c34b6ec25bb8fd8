import X86

/// A place, or a kind of memory access, at which a run is to stop.
public struct Breakpoint: Sendable, Identifiable {
    /// What must happen at the address.
    public enum Access: String, Hashable, Sendable {
        /// An instruction is about to execute there.
        case execute = "e"
        /// Memory there is read or written.
        case read = "r"
        /// Memory there is written.
        case write = "w"
    }

    /// Its number, from 0.
    public let id: Int
    /// Linear.
    public let address: UInt32
    /// What must happen there.
    public let access: Access
    /// How many bytes are watched: 1, 2 or 4.
    public let size: UInt8
    /// It stops only when this is not zero.
    public let condition: Expression?
    /// It stops at the passes-th time: 1 is the first.
    public let passes: Int
    /// Whether it goes away once it has stopped a run.
    public let isOneShot: Bool
    /// Whether it counts at all.
    public var isEnabled = true
    /// At which time from now on it stops: 1 is the next.
    public internal(set) var passesLeft: Int

    init(id: Int, _ request: BreakpointRequest) {
        self.id = id
        address = request.address
        access = request.access
        size = request.size
        condition = request.condition
        passes = request.passes
        isOneShot = request.isOneShot
        passesLeft = request.passes
    }

    /// Whether an effect of an instruction is the access that is watched.
    ///
    /// What the processor reads on an instruction's behalf, such as an IDT gate, counts as well.
    public func isTouched(by effect: Effect) -> Bool {
        switch effect {
        case .write(let start, let length, _, _): access != .execute && overlaps(start, length)
        case .read(let start, let length, _, _): access == .read && overlaps(start, length)
        default: false
        }
    }

    private func overlaps(_ start: UInt32, _ length: UInt8) -> Bool {
        start &- address < UInt32(size) || address &- start < UInt32(length)
    }
}

/// What somebody asks for when setting a breakpoint.
public struct BreakpointRequest: Sendable {
    /// Linear.
    public var address: UInt32
    /// What must happen there.
    public var access: Breakpoint.Access
    /// How many bytes are watched.
    public var size: UInt8
    /// It stops only when this is not zero.
    public var condition: Expression?
    /// It stops at the passes-th time.
    public var passes: Int
    /// Whether it goes away once it has stopped a run.
    public var isOneShot: Bool

    /// A request for a stop before the instruction at an address, each time, unless told otherwise.
    public init(
        address: UInt32, access: Breakpoint.Access = .execute, size: UInt8 = 1, condition: Expression? = nil,
        passes: Int = 1, isOneShot: Bool = false
    ) {
        self.address = address
        self.access = access
        self.size = size
        self.condition = condition
        self.passes = passes
        self.isOneShot = isOneShot
    }

    /// The rules of the processor's debug registers (SDM vol. 3, 17.2.5): sizes 1, 2 and 4, aligned; 1 for execution.
    func check() throws(BreakpointError) {
        guard [1, 2, 4].contains(size) else {
            throw BreakpointError("a watchpoint covers 1, 2 or 4 bytes, not \(size)", note: "for example ba w4 esp")
        }
        guard access != .execute || size == 1 else {
            throw BreakpointError("a breakpoint on execution has size 1", note: "write ba e1 and the address")
        }
        guard address % UInt32(size) == 0 else {
            let down = NumberFormat.padded(address & ~(UInt32(size) - 1), to: 8)
            throw BreakpointError(
                "\(NumberFormat.padded(address, to: 8)) is not a multiple of \(size), as the processor requires",
                note: "watch \(down), or single bytes with size 1")
        }
        guard passes > 0 else {
            throw BreakpointError("a breakpoint needs at least 1 pass", note: "1 stops each time")
        }
    }
}

/// Why a breakpoint cannot be set or changed.
public struct BreakpointError: Error, Hashable, Sendable {
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// What would work.
    public let note: String?

    init(_ message: String, note: String? = nil) {
        self.message = message
        self.note = note
    }
}
