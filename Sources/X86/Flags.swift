/// The bits of EFLAGS (SDM vol. 1, 3.4.3) and how arithmetic sets them.
public enum Flags {
    /// CF: an unsigned result did not fit.
    public static let carry: UInt32 = 1 << 0
    /// PF: the low eight bits have an even number of ones.
    public static let parity: UInt32 = 1 << 2
    /// AF: a carry out of the low four bits.
    public static let adjust: UInt32 = 1 << 4
    /// ZF: the result is zero.
    public static let zero: UInt32 = 1 << 6
    /// SF: the result's highest bit.
    public static let sign: UInt32 = 1 << 7
    /// TF: single step.
    public static let trap: UInt32 = 1 << 8
    /// IF: maskable interrupts are taken.
    public static let interrupt: UInt32 = 1 << 9
    /// DF: string instructions count down.
    public static let direction: UInt32 = 1 << 10
    /// OF: a signed result did not fit.
    public static let overflow: UInt32 = 1 << 11
    /// IOPL, two bits: the highest CPL that may do port I/O, CLI and STI.
    public static let ioPrivilege: UInt32 = 3 << 12
    /// NT: IRET returns to another task.
    public static let nestedTask: UInt32 = 1 << 14
    /// RF: instruction breakpoints are held back for one instruction.
    public static let resume: UInt32 = 1 << 16
    /// VM: virtual-8086 mode.
    public static let virtual8086: UInt32 = 1 << 17
    /// AC: misaligned accesses of ring 3 are faults, if CR0.AM is set.
    public static let alignmentCheck: UInt32 = 1 << 18
    /// VIF: IF as virtual-8086 extensions show it.
    public static let virtualInterrupt: UInt32 = 1 << 19
    /// VIP: a virtual interrupt is waiting.
    public static let virtualInterruptPending: UInt32 = 1 << 20
    /// ID: can be changed where CPUID exists.
    public static let identification: UInt32 = 1 << 21

    /// Bit 1, which always reads as one.
    public static let reserved: UInt32 = 1 << 1
    /// The six flags that describe the result of arithmetic.
    public static let status = carry | parity | adjust | zero | sign | overflow
    /// All bits that can ever change. VM is not among them: virtual-8086 mode is not implemented.
    static let writable: UInt32 =
        status | trap | interrupt | direction | ioPrivilege | nestedTask | resume | alignmentCheck
        | virtualInterrupt | virtualInterruptPending | identification

    /// The flags' names from the highest bit down, as a debugger lists them.
    public static let names: [(name: String, mask: UInt32)] = [
        ("id", identification), ("vip", virtualInterruptPending), ("vif", virtualInterrupt),
        ("ac", alignmentCheck), ("vm", virtual8086), ("rf", resume), ("nt", nestedTask), ("of", overflow),
        ("df", direction), ("if", interrupt), ("tf", trap), ("sf", sign), ("zf", zero), ("af", adjust),
        ("pf", parity), ("cf", carry),
    ]

    /// Whether a condition code, the low four bits of Jcc's opcode, holds (SDM vol. 1, appendix B).
    @inline(__always)
    static func satisfy(_ condition: UInt8, _ flags: UInt32) -> Bool {
        let isLess = (flags & sign != 0) != (flags & overflow != 0)
        let base =
            switch condition >> 1 {
            case 0: flags & overflow != 0
            case 1: flags & carry != 0
            case 2: flags & zero != 0
            case 3: flags & (carry | zero) != 0
            case 4: flags & sign != 0
            case 5: flags & parity != 0
            case 6: isLess
            default: isLess || flags & zero != 0
            }
        return base != (condition & 1 != 0)
    }

    /// SF, ZF and PF of a result; PF looks at the low eight bits only.
    @inline(__always)
    static func ofResult<W: OperandWord>(_ result: W) -> UInt32 {
        var flags: UInt32 = 0
        if result == 0 { flags |= zero }
        if result >> (W.bitWidth - 1) != 0 { flags |= sign }
        if UInt8(truncatingIfNeeded: result).nonzeroBitCount & 1 == 0 { flags |= parity }
        return flags
    }
}

/// An operand size that integer instructions work in: 8, 16 or 32 bits.
protocol OperandWord: FixedWidthInteger, UnsignedInteger {
    associatedtype Signed: FixedWidthInteger & SignedInteger
}

extension UInt8: OperandWord { typealias Signed = Int8 }
extension UInt16: OperandWord { typealias Signed = Int16 }
extension UInt32: OperandWord { typealias Signed = Int32 }
extension UInt64: OperandWord { typealias Signed = Int64 }

extension OperandWord {
    @inline(__always) static var size: UInt32 { UInt32(bitWidth / 8) }
    @inline(__always) static var signBit: Self { 1 << (bitWidth - 1) }
    @inline(__always) var isNegative: Bool { self & Self.signBit != 0 }
}
