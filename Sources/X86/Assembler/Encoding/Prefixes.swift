import CZydis

/// REP, LOCK, segment overrides, and the operand and address size prefixes.
extension InstructionEncoder {
    mutating func setPrefixes() throws(Problem) {
        if let segment = instruction.segment { try setSegment(segment) }
        for prefix in instruction.prefixes {
            switch prefix {
            case .rep, .repe: request.prefixes |= repeatWhileEqual
            case .repne: request.prefixes |= UInt64(ZYDIS_ATTRIB_HAS_REPNE)
            case .lock: request.prefixes |= UInt64(ZYDIS_ATTRIB_HAS_LOCK)
            case .a16: try setAddressSize16()
            case .o16: try checkOperandSize16()
            case .a32, .o32: break
            }
        }
    }

    /// NASM writes the same byte for REP and REPE; which of the two it is depends on the instruction.
    private var repeatWhileEqual: UInt64 {
        let name = instruction.mnemonic.name
        return name.hasPrefix("cmps") || name.hasPrefix("scas")
            ? UInt64(ZYDIS_ATTRIB_HAS_REPE) : UInt64(ZYDIS_ATTRIB_HAS_REP)
    }

    mutating func setSegment(_ segment: RegisterName) throws(Problem) {
        let all = [
            ZYDIS_ATTRIB_HAS_SEGMENT_ES, ZYDIS_ATTRIB_HAS_SEGMENT_CS, ZYDIS_ATTRIB_HAS_SEGMENT_SS,
            ZYDIS_ATTRIB_HAS_SEGMENT_DS, ZYDIS_ATTRIB_HAS_SEGMENT_FS, ZYDIS_ATTRIB_HAS_SEGMENT_GS,
        ]
        let given = all.contains { request.prefixes & UInt64($0) != 0 }
        guard !given else {
            throw Problem("the segment is given twice", at: instruction.position)
        }
        request.prefixes |= UInt64(all[Int(segment.number)])
    }

    private mutating func setAddressSize16() throws(Problem) {
        switch instruction.mnemonic.form {
        case .plain, .loop: request.address_size_hint = ZYDIS_ADDRESS_SIZE_HINT_16
        default:
            guard operands.contains(where: { $0.memory != nil }) else {
                throw Problem(
                    "`a16` has no meaning before `\(instruction.mnemonic.name)`", at: instruction.position)
            }
        }
    }

    private func checkOperandSize16() throws(Problem) {
        switch instruction.mnemonic.form {
        case .plain, .nearReturn, .farReturn, .push, .pop: return
        default:
            throw Problem(
                "`o16` is only supported for instructions without sized operands", at: instruction.position,
                note: "use 16-bit registers or `word`")
        }
    }
}
