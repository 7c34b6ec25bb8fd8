/// Jumps, calls, returns and loops.
extension InstructionEntry {
    static let jump = InstructionEntry(
        "JMP target", "JMP r/m32", does: "continues at the target",
        ["JMP [address] reads the target from memory: an import or a service is reached that way."],
        checks: [.branchLimit], memory: .read, sources: .intel("JMP"))

    static let jumpConditional = InstructionEntry(
        "Jcc target", does: "continues at the target if the condition holds, else at the next instruction",
        checks: [.branchLimit], sources: .intel("Jcc"))

    static let call = InstructionEntry(
        "CALL target", "CALL r/m32",
        does: "pushes the address of the next instruction and continues at the target",
        [
            "So [ESP] is the return address and the first argument lies at [ESP+4] when the target begins. One CALL "
                + "more, as through the stub in SharedUserData, moves every argument 4 bytes further.",
            "CALL [7FFE0300h] and CALL EDX differ from CALL target only in where the target comes from.",
        ],
        checks: [.branchLimit], memory: .push, sources: .intel("CALL"))

    static let nearReturn = InstructionEntry(
        "RET", "RET n",
        does: "pops EIP from the stack; with an operand, drops n more bytes: the arguments",
        [
            "RET 4 frees one argument on behalf of the caller (stdcall), as NT's stubs do. RET trusts whatever [ESP] "
                + "holds; nothing ties it to a CALL."
        ],
        checks: [.branchLimit], memory: .pop, sources: .intel("RET"))

    static let loop = loopEntry("LOOP", "if it is not zero")
    static let loopEqual = loopEntry("LOOPE", "if it is not zero and ZF = 1")
    static let loopNotEqual = loopEntry("LOOPNE", "if it is not zero and ZF = 0")

    private static func loopEntry(_ name: String, _ condition: String) -> InstructionEntry {
        InstructionEntry(
            "\(name) target", does: "subtracts 1 from ECX and continues at the target \(condition)",
            ["With 16-bit addresses it counts in CX."], checks: [.branchLimit], sources: .intel("LOOP/LOOPcc"))
    }

    static let jumpCountZero = InstructionEntry(
        "JECXZ target", "JCXZ target", does: "continues at the target if ECX (CX for JCXZ) is zero",
        checks: [.branchLimit], sources: .intel("Jcc"))

    static let bound = InstructionEntry(
        "BOUND r, m", does: "raises #BR unless the register lies between the two signed bounds in memory",
        checks: [.memoryOnly, .plain(.boundRange, .boundExceeded)], memory: .read, sources: .intel("BOUND"))
}
