/// What an instruction does, independent of its operands: one case for each entry of the semantics.
enum Operation: UInt8 {
    // Data movement
    case mov, movzx8, movzx16, movsx8, movsx16, cmov, setcc, lea, xchg, bswap, xlat, nop, prefetch, prefetchHint
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
    case `in`, out, hlt, cpuid, rdtsc, rdpmc, rdmsr, wrmsr
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
