import Debugger
import X86

/// Who called whom, across the ring boundary: the functions that have not returned yet, innermost first.
public struct CallStack: Sendable {
    /// One function that has not returned.
    public struct Frame: Hashable, Sendable {
        /// Where it goes on; of the innermost, the next instruction.
        public let address: UInt32
        /// What EBP would point at if it had a standard frame: the doubleword below its return address.
        public let frame: UInt32
        /// Where it will return to; `nil` for the outermost.
        public let returnAddress: UInt32?
        /// The trap frame through which ring 3 came in here.
        public let trapFrame: UInt32?
        /// The ring in which it runs.
        public let ring: UInt8
    }

    /// Innermost first; never empty.
    public let frames: [Frame]

    /// Walks the stack of the machine as it is now.
    public init(of machine: Machine, limit: Int = 64) {
        var walk = StackWalk(machine)
        var frames: [Frame] = []
        while frames.count < limit, let frame = walk.next() { frames.append(frame) }
        self.frames = frames
    }
}

/// Goes from function to function.
///
/// A function with a prologue keeps its caller's EBP; one without is left by the nearest doubleword on the stack that
/// points behind a call. In ring 0 the walk ends at the trap frame and goes on in ring 3.
private struct StackWalk {
    private let machine: Machine
    private var eip: UInt32
    private var esp: UInt32
    private var ebp: UInt32
    private var ring: UInt8
    private var isOver = false

    init(_ machine: Machine) {
        self.machine = machine
        eip = machine.cpu.linearEIP
        esp = machine.cpu[.esp]
        ebp = machine.cpu[.ebp]
        ring = machine.cpu.cpl
    }

    /// How far a return address may lie above ESP in a function without a frame.
    private static let reach: UInt32 = 0x100

    mutating func next() -> CallStack.Frame? {
        guard !isOver else { return nil }
        if let slot = framedSlot ?? nearestReturn { return leave(through: slot) }
        if ring == 0, let start = hardwareFrame { return cross(from: start) }
        isOver = true
        return CallStack.Frame(address: eip, frame: ebp, returnAddress: nil, trapFrame: nil, ring: ring)
    }

    // MARK: Within a ring

    /// The return address of a function that has set up EBP.
    private var framedSlot: UInt32? {
        guard let start = machine.symbols.location(of: UInt64(eip)), start.offset >= 3,
            [[0x55, 0x8B, 0xEC], [0x55, 0x89, 0xE5]].contains(
                machine.cpu.bytes(at: UInt32(truncatingIfNeeded: start.symbol.address), count: 3)),
            ebp &- esp < 0x10000, let value = machine.doubleword(at: ebp &+ 4), isBehindCall(value)
        else { return nil }
        return ebp &+ 4
    }

    private var nearestReturn: UInt32? {
        let end = min(UInt64(esp) + UInt64(Self.reach), trapLimit)
        return stride(from: UInt64(esp), to: end, by: 4).lazy.map { UInt32($0) }.first { slot in
            machine.doubleword(at: slot).map(isBehindCall) ?? false
        }
    }

    /// Above the trap frame nothing belongs to the kernel's own calls.
    private var trapLimit: UInt64 {
        guard ring == 0, let trap = TrapFrame.kernelStackStart(of: machine) else { return 1 << 32 }
        let frame = trap &- TrapFrame.hardwareEnd
        return frame &- esp < 0x4000 ? UInt64(frame) : trap &- esp < 0x100 ? UInt64(esp) : 1 << 32
    }

    private mutating func leave(through slot: UInt32) -> CallStack.Frame {
        let target = machine.doubleword(at: slot) ?? 0
        let frame = CallStack.Frame(address: eip, frame: slot &- 4, returnAddress: target, trapFrame: nil, ring: ring)
        if slot == ebp &+ 4, let saved = machine.doubleword(at: ebp) { ebp = saved }
        eip = target
        isOver = esp >= slot &+ 4
        esp = slot &+ 4
        return frame
    }

    /// E8 rel32, or FF /2 in one of its lengths (SDM vol. 2, CALL), right before the address.
    private func isBehindCall(_ address: UInt32) -> Bool {
        guard address >= 0x1000, machine.symbols.location(of: UInt64(address)) != nil else { return false }
        let before = machine.cpu.bytes(at: address &- 7, count: 7)
        guard before.count == 7 else { return false }
        if before[2] == 0xE8 { return isCallOfThis(target: address &+ Self.little(before[3...])) }
        return [2, 3, 6, 7].contains { length in
            before[7 - length] == 0xFF && before[8 - length] >> 3 & 7 == 2
        }
    }

    /// A direct call must lead into the function that is being left.
    private func isCallOfThis(target: UInt32) -> Bool {
        let called = machine.symbols.location(of: UInt64(target))?.symbol.address
        return called != nil && called == machine.symbols.location(of: UInt64(eip))?.symbol.address
    }

    private static func little(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    // MARK: Across the rings

    /// Where the processor, or the kernel in its place, has pushed EIP, CS, EFLAGS, ESP and SS of ring 3.
    private var hardwareFrame: UInt32? {
        guard let end = TrapFrame.kernelStackStart(of: machine) else { return nil }
        let start = end &- 20
        guard start &- esp < 0x4000, let selector = machine.doubleword(at: start &+ 4), selector & 3 == 3 else {
            return nil
        }
        return start
    }

    private mutating func cross(from hardware: UInt32) -> CallStack.Frame? {
        let trap = hardware &+ 20 &- TrapFrame.hardwareEnd
        guard let target = machine.doubleword(at: hardware), let stack = machine.doubleword(at: hardware &+ 12) else {
            return nil
        }
        let isComplete = trap &- esp < 0x4000
        let frame = CallStack.Frame(
            address: eip, frame: trap, returnAddress: target, trapFrame: isComplete ? trap : nil, ring: ring)
        // Until the kernel has pushed it, EBP is still the caller's.
        if hardware &- esp >= 8, let saved = machine.doubleword(at: hardware &- 8) { ebp = saved }
        (eip, esp, ring) = (target, stack, 3)
        return frame
    }
}
