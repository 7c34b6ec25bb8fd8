import Debugger
import X86

/// NT's KTRAP_FRAME: what a thread did in ring 3, or in the kernel, when it was interrupted or called a service.
///
/// Its offsets are the same from NT 3.1 to 8.0. The processor pushes what lies above the error code, the kernel the rest.
public struct TrapFrame: Hashable, Sendable {
    /// Where it lies.
    public let address: UInt32
    /// The registers that it holds.
    public let registers: RegisterState
    /// What the processor pushed for the exception, or zero.
    public let errorCode: UInt32
    /// A system call made it: such a frame keeps neither EAX, ECX, EDX nor DS, ES, GS of the caller.
    public let isSystemCall: Bool

    /// Bytes from the frame's beginning to its end, the four selectors of virtual-8086 mode left out.
    static let hardwareEnd: UInt32 = 0x7C
    private static let systemCallMark: UInt32 = 0xBADB_0D00

    /// Reads a frame; `nil` where its memory is absent.
    public init?(at address: UInt32, on machine: Machine) {
        let bytes = machine.cpu.bytes(at: address, count: Int(Self.hardwareEnd))
        guard bytes.count == Int(Self.hardwareEnd) else { return nil }
        func field(_ offset: Int) -> UInt32 {
            bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        func selector(_ offset: Int) -> UInt16 { UInt16(truncatingIfNeeded: field(offset)) }
        var state = RegisterState()
        for (register, offset) in [
            (Register.eax, 0x44), (.ebx, 0x5C), (.ecx, 0x40), (.edx, 0x3C), (.esi, 0x58), (.edi, 0x54), (.ebp, 0x60),
        ] { state[register] = field(offset) }
        for (name, offset) in [(SegmentName.gs, 0x30), (.es, 0x34), (.ds, 0x38), (.fs, 0x50), (.cs, 0x6C)] {
            state[name] = selector(offset)
        }
        state.eip = field(0x68)
        state.eflags = field(0x70)
        state.cpl = UInt8(field(0x6C) & 3)
        // A trap in ring 0 pushes no SS and ESP: the stack goes on right behind EFLAGS.
        state[.esp] = state.cpl == 0 ? address &+ 0x74 : field(0x74)
        state[.ss] = state.cpl == 0 ? machine.cpu.segment(.ss).selector : selector(0x78)
        self.address = address
        registers = state
        errorCode = field(0x64)
        isSystemCall = field(0x08) == Self.systemCallMark
    }

    /// The address of the frame through which the thread came from ring 3; `nil` in ring 3, and until it is complete.
    ///
    /// The processor starts pushing at the ESP0 of the TSS, which is where a frame's hardware part ends.
    public static func current(on machine: Machine) -> UInt32? {
        guard machine.cpu.cpl == 0, let end = kernelStackStart(of: machine) else { return nil }
        let frame = end &- hardwareEnd
        let below = frame &- machine.cpu[.esp]
        return below < 0x4000 ? frame : nil
    }

    /// ESP0 of the task state segment: where a thread's kernel stack begins for the processor (SDM vol. 3, 7.2.1).
    static func kernelStackStart(of machine: Machine) -> UInt32? {
        machine.doubleword(at: machine.cpu.tr.base &+ 4)
    }
}
