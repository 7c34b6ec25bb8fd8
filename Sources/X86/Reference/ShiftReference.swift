/// Shifts, rotates and single bits.
extension InstructionEntry {
    static let shiftLeft = shift("SHL", "moves the bits left; zeros come in, the last bit out goes to CF")
    static let shiftRight = shift("SHR", "moves the bits right; zeros come in, the last bit out goes to CF")
    static let shiftArithmetic = shift("SAR", "moves the bits right; the sign is repeated, the last bit out goes to CF")

    private static func shift(_ name: String, _ summary: String) -> InstructionEntry {
        InstructionEntry(
            "\(name) r/m, count", does: summary, ["The count, an immediate or CL, is taken modulo 32."], flags: .shift,
            memory: .update, sources: .intel("SAL/SAR/SHL/SHR"))
    }

    static let rotateLeft = rotate("ROL", "turns the bits left; the last one that went round is CF too")
    static let rotateRight = rotate("ROR", "turns the bits right; the last one that went round is CF too")
    static let rotateCarryLeft = rotate("RCL", "turns the bits left through CF, which is one more bit of the ring")
    static let rotateCarryRight = rotate("RCR", "turns the bits right through CF, which is one more bit of the ring")

    private static func rotate(_ name: String, _ summary: String) -> InstructionEntry {
        InstructionEntry(
            "\(name) r/m, count", does: summary, ["The count, an immediate or CL, is taken modulo 32."], flags: .rotate,
            memory: .update, sources: .intel("RCL/RCR/ROL/ROR"))
    }

    static let shiftLeftDouble = double(
        "SHLD", "moves the destination left; the bits that come in are the source's upper ones")
    static let shiftRightDouble = double(
        "SHRD", "moves the destination right; the bits that come in are the source's lower ones")

    private static func double(_ name: String, _ summary: String) -> InstructionEntry {
        InstructionEntry(
            "\(name) r/m, r, count", does: summary,
            ["The count is taken modulo 32; for 16-bit operands a count above 16 gives an undefined result."],
            flags: .shift, memory: .update, sources: .intel(name))
    }

    static let bitTest = bit("BT", "copies a bit to CF", .read)
    static let bitTestSet = bit("BTS", "copies a bit to CF and sets it", .update)
    static let bitTestReset = bit("BTR", "copies a bit to CF and clears it", .update)
    static let bitTestComplement = bit("BTC", "copies a bit to CF and inverts it", .update)

    private static func bit(_ name: String, _ summary: String, _ memory: MemoryUse) -> InstructionEntry {
        InstructionEntry(
            "\(name) r/m, bit", does: summary,
            ["In memory, a bit number in a register is signed and reaches far beyond the operand."], flags: .bitTest,
            memory: memory, lock: memory == .update, sources: .intel(name))
    }

    static let scanForward = scan("BSF", "lowest")
    static let scanReverse = scan("BSR", "highest")

    private static func scan(_ name: String, _ which: String) -> InstructionEntry {
        InstructionEntry(
            "\(name) r, r/m", does: "finds the \(which) bit that is 1; ZF = 1 if there is none",
            [
                "Without one the destination keeps its value here, as on real processors; the manual leaves it "
                    + "undefined."
            ],
            flags: .bitScan, memory: .read, sources: .intel(name))
    }
}
