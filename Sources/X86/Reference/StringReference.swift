/// String instructions, and the prefixes that repeat and lock.
extension InstructionEntry {
    static let moveString = string("MOVS", "copies from [ESI] to ES:[EDI] and moves both on", .write)
    static let compareString = string(
        "CMPS", "compares [ESI] with ES:[EDI] as CMP does, and moves both on", .read, .arithmetic)
    static let storeString = string("STOS", "stores AL, AX or EAX at ES:[EDI] and moves EDI on", .write)
    static let loadString = string("LODS", "loads AL, AX or EAX from [ESI] and moves ESI on", .read)
    static let scanString = string(
        "SCAS", "compares AL, AX or EAX with ES:[EDI] as CMP does, and moves EDI on", .read, .arithmetic)
    static let inputString = string(
        "INS", "reads the port in DX to ES:[EDI] and moves EDI on", .write, .none, checks: [.port])
    static let outputString = string(
        "OUTS", "writes [ESI] to the port in DX and moves ESI on", .read, .none, checks: [.port])

    private static func string(
        _ name: String, _ summary: String, _ memory: MemoryUse, _ flags: FlagEffects = .none, checks: [FaultRule] = []
    ) -> InstructionEntry {
        InstructionEntry(
            "\(name)B", "\(name)W", "\(name)D", does: summary,
            [
                "B, W and D move 1, 2 or 4 bytes: up if DF = 0, down if DF = 1. DS of [ESI] can be overridden, ES of "
                    + "[EDI] cannot. With a REP prefix it repeats ECX times, and an interrupt or a fault may come "
                    + "between two rounds."
            ],
            checks: checks, flags: flags, memory: memory, sources: .intel("\(name)/\(name)B/\(name)W/\(name)D"))
    }

    static let repeated = InstructionEntry(
        "REP MOVS", "REP STOS", "REP LODS", "REP INS", "REP OUTS",
        does: "repeats a string instruction until ECX is zero; with ECX = 0 it does nothing",
        repetitionDetail, sources: .intel("REP/REPE/REPZ/REPNE/REPNZ"))

    static let repeatedWhileEqual = InstructionEntry(
        "REPE CMPS", "REPE SCAS", does: "repeats a comparison until ECX is zero or ZF = 0: while things are equal",
        repetitionDetail, sources: .intel("REP/REPE/REPZ/REPNE/REPNZ"))

    static let repeatedWhileNotEqual = InstructionEntry(
        "REPNE CMPS", "REPNE SCAS", does: "repeats a comparison until ECX is zero or ZF = 1: until something is found",
        repetitionDetail, sources: .intel("REP/REPE/REPZ/REPNE/REPNZ"))

    private static let repetitionDetail = [
        "A prefix, not an instruction. Each round counts ECX down (CX with 16-bit addresses) and is one step of a trace; "
            + "EIP stays on the instruction until the last. Flags and faults are the repeated instruction's."
    ]

    static let locked = InstructionEntry(
        "LOCK instruction", does: "makes a read and write of memory one indivisible access",
        [
            "A prefix, allowed before ADD, ADC, AND, BTC, BTR, BTS, CMPXCHG, CMPXCHG8B, DEC, INC, NEG, NOT, OR, SBB, SUB, "
                + "XADD, XCHG and XOR whose destination is memory."
        ],
        checks: [.undefined(.lockNotAllowed, "the instruction is another, or its destination is no memory")],
        sources: .intel("LOCK"))
}
