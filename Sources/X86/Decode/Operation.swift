/// What an instruction does, independent of its operands: one case for each entry of the semantics.
enum Operation: UInt8 {
    // Data movement
    case mov, movzx8, movzx16, movsx8, movsx16, cmov, setcc, lea, xchg, bswap, xlat, nop
    case push, pop, pusha, popa, pushf, popf, enter, leave
    case movFromSegment, movToSegment, pushSegment, popSegment, lds, les, lfs, lgs, lss
    case movFromControl, movToControl, movFromDebug, movToDebug
    // Arithmetic and logic
    case add, or, adc, sbb, and, sub, xor, cmp, test, inc, dec, neg, not
    case mul, imulWide, imul, div, idiv, signExtendAccumulator, signExtendIntoData
    case cmpxchg, cmpxchg8b, xadd, bound
    case aaa, aas, aam, aad, daa, das, salc
    // Shifts and bits
    case rol, ror, rcl, rcr, shl, shr, sar, shld, shrd, bt, bts, btr, btc, bsf, bsr
    // Strings
    case movs, cmps, stos, lods, scas, ins, outs
    // Control flow
    case jmp, jcc, call, ret, loop, loope, loopne, jcxz, jmpFar, callFar, retFar
    case int, int1, int3, into, iret
    // System calls
    case sysenter, sysexit, syscall, sysret
    // Flags
    case cli, sti, cld, std, clc, stc, cmc, lahf, sahf
    // Ports and privileged instructions
    case `in`, out, hlt, cpuid, rdtsc, rdmsr, wrmsr
    case lar, lsl, verr, verw, arpl
    case lgdt, lidt, lldt, ltr, sgdt, sidt, sldt, str, lmsw, smsw, clts, invlpg, invd, wbinvd
    // Not executable
    case undefined, lockNotAllowed, floatingPoint, floatingWait, multimedia, notImplemented, notOnThisModel
}

extension Operation {
    /// The instruction cannot be executed, and its fault tells its name.
    var isUnexecutable: Bool {
        switch self {
        case .floatingPoint, .multimedia, .notImplemented, .notOnThisModel: true
        default: false
        }
    }
}

/// Where an operand lies: a register's number (0–7), memory, or the immediate field.
struct Operand: Hashable {
    let code: UInt8

    static let memory = Operand(code: 8)
    static let immediate = Operand(code: 9)
    static let none = Operand(code: 10)

    static func register(_ number: UInt8) -> Operand { Operand(code: number) }

    @inline(__always) var isRegister: Bool { code < 8 }
    @inline(__always) var isMemory: Bool { code == 8 }
}

/// A decoded instruction, flat and small, ready to execute again and again. 20 bytes.
struct Instruction {
    var operation: Operation = .undefined
    /// Bytes in the instruction, 1–15; zero in an empty slot of the cache.
    var length: UInt8 = 0
    /// Operand size in bytes: 1, 2 or 4.
    var width: UInt8 = 4
    /// Condition code of Jcc, SETcc and CMOVcc: the low four bits of the opcode.
    var condition: UInt8 = 0
    var prefixes: Prefixes = []
    var destination: Operand = .none
    var source: Operand = .none
    var segment: SegmentName = .ds
    var base: UInt8 = RegisterFile.none
    var index: UInt8 = RegisterFile.none
    /// log2 of the factor of the index.
    var scale: UInt8 = 0
    /// Number of the segment, control or debug register that the instruction names.
    var special: UInt8 = 0
    /// Displacement of the memory operand, or the offset of a far pointer.
    var displacement: UInt32 = 0
    /// Immediate operand, sign-extended; a branch's distance; a far pointer's selector.
    var immediate: UInt32 = 0

    struct Prefixes: OptionSet {
        let rawValue: UInt8
        static let rep = Prefixes(rawValue: 1)
        static let repne = Prefixes(rawValue: 2)
        static let address16 = Prefixes(rawValue: 4)
        static let lock = Prefixes(rawValue: 8)
        /// A third operand lies in the immediate field (IMUL, SHLD, SHRD).
        static let hasImmediate = Prefixes(rawValue: 16)
    }
}
