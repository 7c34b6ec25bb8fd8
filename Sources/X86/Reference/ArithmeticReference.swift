/// Arithmetic, logic, multiplication and the decimal adjustments.
extension InstructionEntry {
    static let add = binary("ADD", "adds the source to the destination", .arithmetic)
    static let addWithCarry = binary("ADC", "adds the source and CF to the destination", .arithmetic)
    static let subtract = binary("SUB", "subtracts the source from the destination", .arithmetic)
    static let subtractWithBorrow = binary("SBB", "subtracts the source and CF from the destination", .arithmetic)
    static let and = binary("AND", "keeps the bits that are 1 in both operands", .logic)
    static let or = binary("OR", "sets the bits that are 1 in either operand", .logic)
    static let exclusiveOr = binary(
        "XOR", "sets the bits in which the operands differ", .logic,
        ["XOR of a register with itself is the short way to zero."])

    private static func binary(
        _ name: String, _ summary: String, _ flags: FlagEffects, _ detail: [String] = []
    ) -> InstructionEntry {
        InstructionEntry(
            "\(name) destination, source", does: summary, detail, flags: flags, memory: .update, lock: true,
            sources: .intel(name))
    }

    static let compare = InstructionEntry(
        "CMP left, right", does: "subtracts right from left and keeps the flags only",
        ["Jcc, SETcc and CMOVcc read the answer."], flags: .arithmetic, memory: .read, sources: .intel("CMP"))

    static let test = InstructionEntry(
        "TEST left, right", does: "ANDs two operands and keeps the flags only",
        ["TEST EAX, EAX sets ZF for zero and SF for a negative value: an NTSTATUS that failed."], flags: .logic,
        memory: .read, sources: .intel("TEST"))

    static let increment = unary("INC", "adds 1", .count, ["CF stays, unlike with ADD."])
    static let decrement = unary("DEC", "subtracts 1", .count, ["CF stays, unlike with SUB."])
    static let negate = unary("NEG", "subtracts the operand from zero", .arithmetic, ["CF is 0 only for zero."])
    static let complement = unary("NOT", "inverts every bit", .none, [])

    private static func unary(
        _ name: String, _ summary: String, _ flags: FlagEffects, _ detail: [String]
    ) -> InstructionEntry {
        InstructionEntry(
            "\(name) r/m", does: summary, detail, flags: flags, memory: .update, lock: true, sources: .intel(name))
    }

    static let multiply = InstructionEntry(
        "MUL r/m", does: "multiplies AL, AX or EAX, unsigned, into AX, DX:AX or EDX:EAX",
        ["CF and OF are 1 if the upper half is not zero."], flags: .multiplication, memory: .read,
        sources: .intel("MUL"))

    static let multiplySignedWide = InstructionEntry(
        "IMUL r/m", does: "multiplies AL, AX or EAX, signed, into AX, DX:AX or EDX:EAX",
        ["CF and OF are 1 if the upper half is more than the sign."], flags: .multiplication, memory: .read,
        sources: .intel("IMUL"))

    static let multiplySigned = InstructionEntry(
        "IMUL r, r/m", "IMUL r, r/m, imm", does: "multiplies, signed, and keeps what fits the destination",
        ["CF and OF are 1 if something was lost."], flags: .multiplication, memory: .read, sources: .intel("IMUL"))

    static let divide = division("DIV", "unsigned")
    static let divideSigned = division("IDIV", "signed")

    private static func division(_ name: String, _ kind: String) -> InstructionEntry {
        InstructionEntry(
            "\(name) r/m",
            does: "divides AX, DX:AX or EDX:EAX, \(kind): quotient to AL, AX or EAX, remainder to AH, DX or EDX",
            checks: [.plain(.divideError, .divideByZero), .plain(.divideError, .divideOverflow)],
            flags: .allStatusUndefined, memory: .read, sources: .intel(name))
    }

    static let signExtendAccumulator = InstructionEntry(
        "CBW", "CWDE", does: "extends AL to AX (CBW), or AX to EAX (CWDE), by the sign", sources: .intel("CBW/CWDE"))

    static let signExtendIntoData = InstructionEntry(
        "CWD", "CDQ", does: "fills DX (CWD) or EDX (CDQ) with the sign of AX or EAX", sources: .intel("CWD/CDQ"))

    static let compareExchange = InstructionEntry(
        "CMPXCHG r/m, r",
        does: "compares the accumulator with the destination; if equal stores r there, else loads the accumulator",
        ["The flags are those of CMP accumulator, destination. With LOCK it is the building block of spinlocks."],
        flags: .arithmetic, memory: .update, lock: true, sources: .intel("CMPXCHG"))

    static let compareExchange8 = InstructionEntry(
        "CMPXCHG8B m64", does: "compares EDX:EAX with 8 bytes; if equal stores ECX:EBX there, else loads EDX:EAX",
        checks: [.memoryOnly], flags: .zeroOnly, memory: .update, lock: true, sources: .intel("CMPXCHG8B"))

    static let exchangeAdd = InstructionEntry(
        "XADD r/m, r", does: "adds r to the destination and leaves the old value in r", flags: .arithmetic,
        memory: .update, lock: true, sources: .intel("XADD"))

    static let adjustAddition = InstructionEntry(
        "AAA", does: "corrects AX after an addition of unpacked decimal digits", flags: .unpacked,
        sources: .intel("AAA"))

    static let adjustSubtraction = InstructionEntry(
        "AAS", does: "corrects AX after a subtraction of unpacked decimal digits", flags: .unpacked,
        sources: .intel("AAS"))

    static let adjustMultiplication = InstructionEntry(
        "AAM", "AAM base", does: "splits AL into two digits: AH = AL / base, AL = AL mod base; the base is 10",
        checks: [.plain(.divideError, .divideByZero, "the base is zero")], flags: .digits, sources: .intel("AAM"))

    static let adjustDivision = InstructionEntry(
        "AAD", "AAD base", does: "joins two digits: AL = AH * base + AL, AH = 0; the base is 10", flags: .digits,
        sources: .intel("AAD"))

    static let decimalAddition = InstructionEntry(
        "DAA", does: "corrects AL after an addition of packed decimal digits", flags: .packed, sources: .intel("DAA"))

    static let decimalSubtraction = InstructionEntry(
        "DAS", does: "corrects AL after a subtraction of packed decimal digits", flags: .packed, sources: .intel("DAS"))

    static let carryToAccumulator = InstructionEntry(
        "SALC", does: "fills AL with CF: FFh or 0", ["Intel's manuals leave its opcode, D6h, out."],
        sources: .amd("appendix A, opcode D6h"))
}
