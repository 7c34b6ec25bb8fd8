import CZydis

/// An instruction's name as NASM spells it: which Zydis mnemonic it is, and what operands it takes.
struct Mnemonic {
    /// Operand patterns: how sizes are found and operands brought into the order that the encoder wants.
    enum Form {
        case plain, arithmetic, move, test, exchange, unary, multiply, shift, doubleShift, bitTest, extend
        case registerFromAny, registerInto, loadAddress, farLoad, push, pop, jump, call, conditionalJump, loop
        case nearReturn, farReturn, interrupt, input, output, enter, setByte, byteSwap, compareExchange8
        case tableRegister, memoryOnly, selector, storeSelector, selectorQuery, adjustPrivilege, bound, adjustBase
    }

    var name: String
    var zydis: ZydisMnemonic
    var form: Form

    /// The mnemonic that `name` spells in lower case.
    static func named(_ name: String) -> Mnemonic? { table[name] }

    static var allNames: some Sequence<String> { table.keys }

    /// Names that NASM may read as instructions, ours and the thousand others.
    static func isReserved(_ name: String) -> Bool { table[name] != nil || zydisMnemonics[name] != nil }

    private static let forms: [(Form, String)] = [
        (
            .plain,
            """
            aaa aas cbw cdq clc cld cli clts cmc cmpsb cmpsd cmpsw cpuid cwd cwde daa das emms fninit fnclex fwait hlt \
            insb insd insw int1 int3 into invd iret iretd lahf leave lodsb lodsd lodsw movsb movsd movsw nop outsb \
            outsd outsw pause popa popad popf popfd pusha pushad pushf pushfd rdmsr rdpmc rdtsc rsm sahf salc scasb \
            scasd scasw stc std sti stosb stosd stosw syscall sysenter sysexit sysret ud2 wbinvd wrmsr xlat
            """
        ),
        (.arithmetic, "adc add and cmp or sbb sub xor"), (.move, "mov"), (.test, "test"), (.exchange, "xchg"),
        (.unary, "dec div idiv inc mul neg not"), (.multiply, "imul"), (.shift, "rcl rcr rol ror sar shl shr"),
        (.doubleShift, "shld shrd"), (.bitTest, "bt btc btr bts"), (.extend, "movsx movzx"),
        (
            .registerFromAny,
            """
            bsf bsr cmovb cmovbe cmovl cmovle cmovnb cmovnbe cmovnl cmovnle cmovno cmovnp cmovns cmovnz cmovo cmovp \
            cmovs cmovz
            """
        ),
        (.registerInto, "cmpxchg xadd"), (.loadAddress, "lea"), (.farLoad, "lds les lfs lgs lss"), (.push, "push"),
        (.pop, "pop"), (.jump, "jmp"), (.call, "call"),
        (.conditionalJump, "jb jbe jl jle jnb jnbe jnl jnle jno jnp jns jnz jo jp js jz"),
        (.loop, "jcxz jecxz loop loope loopne"), (.nearReturn, "ret"), (.interrupt, "int"), (.input, "in"),
        (.output, "out"), (.enter, "enter"),
        (.setByte, "setb setbe setl setle setnb setnbe setnl setnle setno setnp setns setnz seto setp sets setz"),
        (.byteSwap, "bswap"), (.compareExchange8, "cmpxchg8b"), (.tableRegister, "lgdt lidt sgdt sidt"),
        (.memoryOnly, "invlpg prefetch prefetchnta prefetcht0 prefetcht1 prefetcht2 prefetchw"),
        (.selector, "lldt lmsw ltr verr verw"), (.storeSelector, "sldt smsw str"),
        (.selectorQuery, "lar lsl"), (.adjustPrivilege, "arpl"), (.bound, "bound"), (.adjustBase, "aad aam"),
    ]

    /// NASM's other names, and the ones whose meaning in 32-bit code differs from Zydis's.
    private static let aliases: [(String, String)] = [
        ("icebp", "int1"), ("int01", "int1"), ("int03", "int3"), ("wait", "fwait"), ("xlatb", "xlat"), ("sal", "shl"),
        ("iretw", "iret"), ("iret", "iretd"), ("popaw", "popa"), ("popa", "popad"), ("popfw", "popf"),
        ("popf", "popfd"), ("pushaw", "pusha"), ("pusha", "pushad"), ("pushfw", "pushf"), ("pushf", "pushfd"),
        ("retn", "ret"), ("loopz", "loope"), ("loopnz", "loopne"), ("ud2a", "ud2"),
    ]

    /// Condition codes with several names; the first is Zydis's.
    private static let conditions = [
        "b c nae", "nb nc ae", "z e", "nz ne", "be na", "nbe a", "p pe", "np po", "l nge", "nl ge", "le ng", "nle g",
    ]

    private static let zydisMnemonics: [String: ZydisMnemonic] = {
        var result: [String: ZydisMnemonic] = [:]
        result.reserveCapacity(Int(ZYDIS_MNEMONIC_MAX_VALUE.rawValue) + 1)
        for raw in 1...ZYDIS_MNEMONIC_MAX_VALUE.rawValue {
            let mnemonic = ZydisMnemonic(rawValue: raw)
            guard let name = ZydisMnemonicGetString(mnemonic) else { continue }
            result[String(cString: name)] = mnemonic
        }
        return result
    }()

    private static let table: [String: Mnemonic] = {
        var plain: [String: Mnemonic] = [:]
        for (form, names) in forms {
            for name in names.split(separator: " ").map(String.init) {
                guard let zydis = zydisMnemonics[name] else { continue }
                plain[name] = Mnemonic(name: name, zydis: zydis, form: form)
            }
        }
        var result = plain
        for (alias, name) in aliases + conditionAliases { result[alias] = plain[name]?.renamed(alias) }
        result["retf"] = plain["ret"]?.renamed("retf")
        result["retf"]?.form = .farReturn
        return result
    }()

    private static var conditionAliases: [(String, String)] {
        conditions.flatMap { row in
            let names = row.split(separator: " ")
            return names.dropFirst().flatMap { alias in
                ["j", "set", "cmov"].map { ("\($0)\(alias)", "\($0)\(names[0])") }
            }
        }
    }

    private func renamed(_ name: String) -> Mnemonic { Mnemonic(name: name, zydis: zydis, form: form) }
}
