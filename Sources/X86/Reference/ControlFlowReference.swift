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

    static let farJump = InstructionEntry(
        "JMP selector:offset", "JMP FAR m", does: "loads CS and EIP together",
        ["Without a gate it cannot change the ring: the target has the ring of the caller, or is conforming."],
        checks: farChecks, sources: .intel("JMP"), .system("5.8"))

    static let farCall = InstructionEntry(
        "CALL selector:offset", "CALL FAR m",
        does: "pushes CS and the address of the next instruction, then loads CS and EIP",
        ["Without a gate it cannot change the ring: the target has the ring of the caller, or is conforming."],
        checks: farChecks, memory: .push, sources: .intel("CALL"), .system("5.8"))

    private static let farChecks: [FaultRule] = [
        .protection(.selectorNull), .segment(.selectorOutsideTable),
        .segment(.segmentType, "the selector names no code segment"),
        .segment(.segmentPrivilege, "the code segment's DPL is not CPL, or the RPL is greater than CPL"),
        .coded(.segmentNotPresent, .selector, .segmentAbsent), .branchLimit,
    ]

    static let farReturn = InstructionEntry(
        "RETF", "RETF n", does: "pops EIP and CS, and to an outer ring ESP and SS as well",
        ["Like IRETD without the flags: it can go to the same or an outer ring, never to an inner one."],
        checks: [
            .protection(.selectorNull, "the CS on the stack is null"), .segment(.selectorOutsideTable),
            .segment(.segmentType, "it is no code segment"),
            .segment(.segmentPrivilege, "its RPL is less than CPL, or its DPL does not fit the RPL"),
            .coded(.segmentNotPresent, .selector, .segmentAbsent),
            .segment(.stackSelector, "to an outer ring: the SS on the stack is no writable data of that ring"),
            .coded(.stackFault, .selector, .segmentAbsent, "to an outer ring: that stack segment is not present"),
            .branchLimit,
        ],
        memory: .pop, sources: .intel("RET"))

    static let bound = InstructionEntry(
        "BOUND r, m", does: "raises #BR unless the register lies between the two signed bounds in memory",
        checks: [.memoryOnly, .plain(.boundRange, .boundExceeded)], memory: .read, sources: .intel("BOUND"))
}
