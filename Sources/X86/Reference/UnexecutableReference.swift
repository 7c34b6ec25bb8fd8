/// Opcodes that end in an exception, whatever their operands are.
extension InstructionEntry {
    static let undefinedOpcode = InstructionEntry(
        "UD2", does: "raises #UD: an opcode that is promised to stay undefined",
        checks: [.undefined(.undefinedOpcode)], sources: .intel("UD2"), .system("6.15, interrupt 6"))

    static let lockRefused = InstructionEntry(
        "LOCK instruction", does: "raises #UD: LOCK is not allowed before this instruction",
        checks: [.undefined(.lockNotAllowed)], sources: .intel("LOCK"))

    static let floatingPoint = InstructionEntry(
        "x87 instruction",
        does: "raises #NM if CR0.EM or CR0.TS is 1; there is no x87 unit here to execute it with",
        checks: [.plain(.deviceNotAvailable, .mathDisabled)], sources: .system("2.5"))

    static let floatingWait = InstructionEntry(
        "FWAIT", "WAIT", does: "waits for the x87 unit's pending exceptions; there are none here",
        checks: [.plain(.deviceNotAvailable, .mathDisabled, "CR0.MP and CR0.TS are both 1")],
        sources: .intel("WAIT/FWAIT"))

    static let multimedia = InstructionEntry(
        "MMX or SSE instruction", does: "raises #UD, or #NM if CR0.TS is 1; this processor has no such unit",
        checks: [.plain(.deviceNotAvailable, .mathDisabled, "CR0.TS is 1 and CR0.EM is 0")], sources: .system("2.5"))

    static let notImplemented = InstructionEntry(
        "another instruction", does: "stops with #UD and says that this emulator does not execute it",
        checks: [.undefined(.undefinedOpcode)], sources: .system("6.15, interrupt 6"))

    static let notOnThisModel = InstructionEntry(
        "a later instruction", does: "raises #UD: this processor model is older than the instruction",
        checks: [.undefined(.undefinedOpcode)], sources: .system("6.15, interrupt 6"))
}
