/// Putting the bytes of an instruction together (SDM vol. 2, chapter 2).
extension CaseBuilder {
    /// What the ModR/M byte's r/m field names.
    enum Place {
        case register(UInt8)
        case memory(MemoryOperand)

        var isMemory: Bool {
            if case .memory = self { true } else { false }
        }

        var address: UInt32? {
            if case .memory(let operand) = self { operand.address } else { nil }
        }
    }

    /// Appends an instruction without a ModR/M byte.
    mutating func emit(_ opcode: [UInt8], width: Int = 4, prefixes: [UInt8] = [], _ rest: [UInt8] = []) {
        guest.code += shuffled(prefixes + operandPrefix(width)) + opcode + rest
    }

    /// Appends an instruction with one.
    /// - Parameters:
    ///   - opcode: for operands of a word or more; a byte's is one less.
    ///   - field: the reg field: a register, or more of the opcode.
    mutating func emit(
        _ opcode: [UInt8], width: Int, field: UInt8, _ place: Place, prefixes: [UInt8] = [], _ immediate: [UInt8] = []
    ) {
        var prefixes = prefixes + operandPrefix(width)
        var tail: [UInt8]
        switch place {
        case .register(let number): tail = [0xC0 | field << 3 | number]
        case .memory(let operand):
            prefixes += operand.prefixes
            tail = operand.encoded
            tail[0] |= field << 3
        }
        guest.code += shuffled(prefixes) + opcode + tail + immediate
    }

    private func operandPrefix(_ width: Int) -> [UInt8] { width == 2 ? [0x66] : [] }

    /// The order of prefixes means nothing.
    private mutating func shuffled(_ prefixes: [UInt8]) -> [UInt8] {
        prefixes.count > 1 ? prefixes.shuffled(using: &random) : prefixes
    }

    /// A register or a memory operand.
    mutating func place(_ size: Int, isWritten: Bool = true) -> Place {
        random.oneIn(2) ? .register(registerNumber()) : .memory(memoryOperand(size, isWritten: isWritten))
    }

    /// LOCK, sometimes, and now and then where it is not legal: on a register, or with an instruction that does not
    /// write what it has read (SDM vol. 2, LOCK). Unicorn executes some of these.
    mutating func lock(_ place: Place, legal: Bool = true) -> [UInt8] {
        let isLegal = place.isMemory && legal
        guard isLegal || !isSequence, random.oneIn(isLegal ? 6 : 40) else { return [] }
        guest.isInvalidOpcode = !isLegal
        return [0xF0]
    }
}
