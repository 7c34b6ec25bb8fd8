import CZydis

/// Zydis' mnemonics to our operations. A mnemonic that is missing here is "not implemented", and says so.
enum OperationTable {
    /// The operation of a mnemonic, or `nil`.
    static func operation(of mnemonic: ZydisMnemonic) -> Operation? {
        let index = Int(mnemonic.rawValue)
        return index < table.count ? table[index] : nil
    }

    private static let table: [Operation?] = {
        var table = [Operation?](repeating: nil, count: Int(ZYDIS_MNEMONIC_MAX_VALUE.rawValue) + 1)
        for (mnemonic, operation) in plain { table[Int(mnemonic.rawValue)] = operation }
        for mnemonic in jumps { table[Int(mnemonic.rawValue)] = .jcc }
        for mnemonic in sets { table[Int(mnemonic.rawValue)] = .setcc }
        for mnemonic in moves { table[Int(mnemonic.rawValue)] = .cmov }
        return table
    }()

    private static let plain: [(ZydisMnemonic, Operation)] = [
        (ZYDIS_MNEMONIC_MOV, .mov), (ZYDIS_MNEMONIC_MOVZX, .movzx8), (ZYDIS_MNEMONIC_MOVSX, .movsx8),
        (ZYDIS_MNEMONIC_LEA, .lea), (ZYDIS_MNEMONIC_XCHG, .xchg), (ZYDIS_MNEMONIC_BSWAP, .bswap),
        (ZYDIS_MNEMONIC_XLAT, .xlat), (ZYDIS_MNEMONIC_NOP, .nop),
        (ZYDIS_MNEMONIC_PREFETCH, .prefetch), (ZYDIS_MNEMONIC_PREFETCHW, .prefetch),
        (ZYDIS_MNEMONIC_PREFETCHNTA, .prefetchHint), (ZYDIS_MNEMONIC_PREFETCHT0, .prefetchHint),
        (ZYDIS_MNEMONIC_PREFETCHT1, .prefetchHint), (ZYDIS_MNEMONIC_PREFETCHT2, .prefetchHint),
        (ZYDIS_MNEMONIC_PUSH, .push), (ZYDIS_MNEMONIC_POP, .pop),
        (ZYDIS_MNEMONIC_PUSHA, .pusha), (ZYDIS_MNEMONIC_PUSHAD, .pusha),
        (ZYDIS_MNEMONIC_POPA, .popa), (ZYDIS_MNEMONIC_POPAD, .popa),
        (ZYDIS_MNEMONIC_PUSHF, .pushf), (ZYDIS_MNEMONIC_PUSHFD, .pushf),
        (ZYDIS_MNEMONIC_POPF, .popf), (ZYDIS_MNEMONIC_POPFD, .popf),
        (ZYDIS_MNEMONIC_ENTER, .enter), (ZYDIS_MNEMONIC_LEAVE, .leave),
        (ZYDIS_MNEMONIC_LDS, .lds), (ZYDIS_MNEMONIC_LES, .les),
        (ZYDIS_MNEMONIC_LFS, .lfs), (ZYDIS_MNEMONIC_LGS, .lgs),
        (ZYDIS_MNEMONIC_LSS, .lss),
        (ZYDIS_MNEMONIC_ADD, .add), (ZYDIS_MNEMONIC_OR, .or), (ZYDIS_MNEMONIC_ADC, .adc),
        (ZYDIS_MNEMONIC_SBB, .sbb), (ZYDIS_MNEMONIC_AND, .and), (ZYDIS_MNEMONIC_SUB, .sub),
        (ZYDIS_MNEMONIC_XOR, .xor), (ZYDIS_MNEMONIC_CMP, .cmp), (ZYDIS_MNEMONIC_TEST, .test),
        (ZYDIS_MNEMONIC_INC, .inc), (ZYDIS_MNEMONIC_DEC, .dec), (ZYDIS_MNEMONIC_NEG, .neg),
        (ZYDIS_MNEMONIC_NOT, .not), (ZYDIS_MNEMONIC_MUL, .mul), (ZYDIS_MNEMONIC_IMUL, .imul),
        (ZYDIS_MNEMONIC_DIV, .div), (ZYDIS_MNEMONIC_IDIV, .idiv),
        (ZYDIS_MNEMONIC_CBW, .signExtendAccumulator), (ZYDIS_MNEMONIC_CWDE, .signExtendAccumulator),
        (ZYDIS_MNEMONIC_CWD, .signExtendIntoData), (ZYDIS_MNEMONIC_CDQ, .signExtendIntoData),
        (ZYDIS_MNEMONIC_CMPXCHG, .cmpxchg), (ZYDIS_MNEMONIC_CMPXCHG8B, .cmpxchg8b),
        (ZYDIS_MNEMONIC_XADD, .xadd), (ZYDIS_MNEMONIC_BOUND, .bound),
        (ZYDIS_MNEMONIC_AAA, .aaa), (ZYDIS_MNEMONIC_AAS, .aas), (ZYDIS_MNEMONIC_AAM, .aam),
        (ZYDIS_MNEMONIC_AAD, .aad), (ZYDIS_MNEMONIC_DAA, .daa), (ZYDIS_MNEMONIC_DAS, .das),
        (ZYDIS_MNEMONIC_SALC, .salc),
        (ZYDIS_MNEMONIC_ROL, .rol), (ZYDIS_MNEMONIC_ROR, .ror), (ZYDIS_MNEMONIC_RCL, .rcl),
        (ZYDIS_MNEMONIC_RCR, .rcr), (ZYDIS_MNEMONIC_SHL, .shl), (ZYDIS_MNEMONIC_SHR, .shr),
        (ZYDIS_MNEMONIC_SAR, .sar), (ZYDIS_MNEMONIC_SHLD, .shld), (ZYDIS_MNEMONIC_SHRD, .shrd),
        (ZYDIS_MNEMONIC_BT, .bt), (ZYDIS_MNEMONIC_BTS, .bts), (ZYDIS_MNEMONIC_BTR, .btr),
        (ZYDIS_MNEMONIC_BTC, .btc), (ZYDIS_MNEMONIC_BSF, .bsf), (ZYDIS_MNEMONIC_BSR, .bsr),
        (ZYDIS_MNEMONIC_MOVSB, .movs), (ZYDIS_MNEMONIC_MOVSW, .movs), (ZYDIS_MNEMONIC_MOVSD, .movs),
        (ZYDIS_MNEMONIC_CMPSB, .cmps), (ZYDIS_MNEMONIC_CMPSW, .cmps), (ZYDIS_MNEMONIC_CMPSD, .cmps),
        (ZYDIS_MNEMONIC_STOSB, .stos), (ZYDIS_MNEMONIC_STOSW, .stos), (ZYDIS_MNEMONIC_STOSD, .stos),
        (ZYDIS_MNEMONIC_LODSB, .lods), (ZYDIS_MNEMONIC_LODSW, .lods), (ZYDIS_MNEMONIC_LODSD, .lods),
        (ZYDIS_MNEMONIC_SCASB, .scas), (ZYDIS_MNEMONIC_SCASW, .scas), (ZYDIS_MNEMONIC_SCASD, .scas),
        (ZYDIS_MNEMONIC_INSB, .ins), (ZYDIS_MNEMONIC_INSW, .ins), (ZYDIS_MNEMONIC_INSD, .ins),
        (ZYDIS_MNEMONIC_OUTSB, .outs), (ZYDIS_MNEMONIC_OUTSW, .outs), (ZYDIS_MNEMONIC_OUTSD, .outs),
        (ZYDIS_MNEMONIC_JMP, .jmp), (ZYDIS_MNEMONIC_CALL, .call), (ZYDIS_MNEMONIC_RET, .ret),
        (ZYDIS_MNEMONIC_LOOP, .loop), (ZYDIS_MNEMONIC_LOOPE, .loope), (ZYDIS_MNEMONIC_LOOPNE, .loopne),
        (ZYDIS_MNEMONIC_JCXZ, .jcxz), (ZYDIS_MNEMONIC_JECXZ, .jcxz),
        (ZYDIS_MNEMONIC_INT, .int), (ZYDIS_MNEMONIC_INT1, .int1), (ZYDIS_MNEMONIC_INT3, .int3),
        (ZYDIS_MNEMONIC_INTO, .into), (ZYDIS_MNEMONIC_IRET, .iret), (ZYDIS_MNEMONIC_IRETD, .iret),
        (ZYDIS_MNEMONIC_SYSENTER, .sysenter), (ZYDIS_MNEMONIC_SYSEXIT, .sysexit),
        (ZYDIS_MNEMONIC_SYSCALL, .syscall), (ZYDIS_MNEMONIC_SYSRET, .sysret),
        (ZYDIS_MNEMONIC_CLI, .cli), (ZYDIS_MNEMONIC_STI, .sti), (ZYDIS_MNEMONIC_CLD, .cld),
        (ZYDIS_MNEMONIC_STD, .std), (ZYDIS_MNEMONIC_CLC, .clc), (ZYDIS_MNEMONIC_STC, .stc),
        (ZYDIS_MNEMONIC_CMC, .cmc), (ZYDIS_MNEMONIC_LAHF, .lahf), (ZYDIS_MNEMONIC_SAHF, .sahf),
        (ZYDIS_MNEMONIC_IN, .in), (ZYDIS_MNEMONIC_OUT, .out), (ZYDIS_MNEMONIC_HLT, .hlt),
        (ZYDIS_MNEMONIC_CPUID, .cpuid), (ZYDIS_MNEMONIC_RDTSC, .rdtsc), (ZYDIS_MNEMONIC_RDPMC, .rdpmc),
        (ZYDIS_MNEMONIC_RDMSR, .rdmsr), (ZYDIS_MNEMONIC_WRMSR, .wrmsr),
        (ZYDIS_MNEMONIC_LGDT, .lgdt), (ZYDIS_MNEMONIC_LIDT, .lidt), (ZYDIS_MNEMONIC_LLDT, .lldt),
        (ZYDIS_MNEMONIC_LTR, .ltr), (ZYDIS_MNEMONIC_SGDT, .sgdt), (ZYDIS_MNEMONIC_SIDT, .sidt),
        (ZYDIS_MNEMONIC_SLDT, .sldt), (ZYDIS_MNEMONIC_STR, .str), (ZYDIS_MNEMONIC_LMSW, .lmsw),
        (ZYDIS_MNEMONIC_SMSW, .smsw), (ZYDIS_MNEMONIC_CLTS, .clts), (ZYDIS_MNEMONIC_INVLPG, .invlpg),
        (ZYDIS_MNEMONIC_INVD, .invd), (ZYDIS_MNEMONIC_WBINVD, .wbinvd),
        (ZYDIS_MNEMONIC_LAR, .lar), (ZYDIS_MNEMONIC_LSL, .lsl), (ZYDIS_MNEMONIC_VERR, .verr),
        (ZYDIS_MNEMONIC_VERW, .verw), (ZYDIS_MNEMONIC_ARPL, .arpl),
        (ZYDIS_MNEMONIC_FWAIT, .floatingWait), (ZYDIS_MNEMONIC_PAUSE, .nop),
        (ZYDIS_MNEMONIC_UD0, .undefined), (ZYDIS_MNEMONIC_UD1, .undefined), (ZYDIS_MNEMONIC_UD2, .undefined),
    ]

    private static let jumps: [ZydisMnemonic] = [
        ZYDIS_MNEMONIC_JO, ZYDIS_MNEMONIC_JNO, ZYDIS_MNEMONIC_JB, ZYDIS_MNEMONIC_JNB, ZYDIS_MNEMONIC_JZ,
        ZYDIS_MNEMONIC_JNZ, ZYDIS_MNEMONIC_JBE, ZYDIS_MNEMONIC_JNBE, ZYDIS_MNEMONIC_JS, ZYDIS_MNEMONIC_JNS,
        ZYDIS_MNEMONIC_JP, ZYDIS_MNEMONIC_JNP, ZYDIS_MNEMONIC_JL, ZYDIS_MNEMONIC_JNL, ZYDIS_MNEMONIC_JLE,
        ZYDIS_MNEMONIC_JNLE,
    ]

    private static let sets: [ZydisMnemonic] = [
        ZYDIS_MNEMONIC_SETO, ZYDIS_MNEMONIC_SETNO, ZYDIS_MNEMONIC_SETB, ZYDIS_MNEMONIC_SETNB, ZYDIS_MNEMONIC_SETZ,
        ZYDIS_MNEMONIC_SETNZ, ZYDIS_MNEMONIC_SETBE, ZYDIS_MNEMONIC_SETNBE, ZYDIS_MNEMONIC_SETS,
        ZYDIS_MNEMONIC_SETNS, ZYDIS_MNEMONIC_SETP, ZYDIS_MNEMONIC_SETNP, ZYDIS_MNEMONIC_SETL,
        ZYDIS_MNEMONIC_SETNL, ZYDIS_MNEMONIC_SETLE, ZYDIS_MNEMONIC_SETNLE,
    ]

    private static let moves: [ZydisMnemonic] = [
        ZYDIS_MNEMONIC_CMOVO, ZYDIS_MNEMONIC_CMOVNO, ZYDIS_MNEMONIC_CMOVB, ZYDIS_MNEMONIC_CMOVNB,
        ZYDIS_MNEMONIC_CMOVZ, ZYDIS_MNEMONIC_CMOVNZ, ZYDIS_MNEMONIC_CMOVBE, ZYDIS_MNEMONIC_CMOVNBE,
        ZYDIS_MNEMONIC_CMOVS, ZYDIS_MNEMONIC_CMOVNS, ZYDIS_MNEMONIC_CMOVP, ZYDIS_MNEMONIC_CMOVNP,
        ZYDIS_MNEMONIC_CMOVL, ZYDIS_MNEMONIC_CMOVNL, ZYDIS_MNEMONIC_CMOVLE, ZYDIS_MNEMONIC_CMOVNLE,
    ]
}
