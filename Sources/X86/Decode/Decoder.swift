import CZydis

/// Bytes to `Instruction`: Zydis says what the bytes mean, this file flattens the answer.
struct Decoder {
    private var wide = ZydisDecoder()
    private var narrow = ZydisDecoder()

    /// What a Pentium II does not know must not change the meaning of older bytes (REP BSR is not LZCNT).
    private static let laterModes = [
        ZYDIS_DECODER_MODE_MPX, ZYDIS_DECODER_MODE_CET, ZYDIS_DECODER_MODE_LZCNT, ZYDIS_DECODER_MODE_TZCNT,
        ZYDIS_DECODER_MODE_WBNOINVD, ZYDIS_DECODER_MODE_CLDEMOTE,
    ]

    init() {
        ZydisDecoderInit(&wide, ZYDIS_MACHINE_MODE_LEGACY_32, ZYDIS_STACK_WIDTH_32)
        ZydisDecoderInit(&narrow, ZYDIS_MACHINE_MODE_LEGACY_16, ZYDIS_STACK_WIDTH_16)
        for mode in Self.laterModes {
            ZydisDecoderEnableMode(&wide, mode, 0)
            ZydisDecoderEnableMode(&narrow, mode, 0)
        }
    }

    enum Result {
        case instruction(Instruction)
        /// The bytes end before the instruction does.
        case needsMoreBytes
        /// More than 15 bytes.
        case tooLong
    }

    /// Decodes what lies at the start of `bytes`.
    /// - Parameter is32Bit: the code segment's D bit.
    func decode(_ bytes: UnsafeRawBufferPointer, is32Bit: Bool, model: CPUModel) -> Result {
        var raw = ZydisDecodedInstruction()
        return withUnsafeTemporaryAllocation(
            of: ZydisDecodedOperand.self, capacity: Int(ZYDIS_MAX_OPERAND_COUNT)
        ) { operands in
            operands.initialize(repeating: ZydisDecodedOperand())
            let status = withUnsafePointer(to: is32Bit ? wide : narrow) {
                ZydisDecoderDecodeFull($0, bytes.baseAddress, ZyanUSize(bytes.count), &raw, operands.baseAddress)
            }
            if ntlearn_zyan_success(status) {
                return .instruction(Self.flatten(raw, operands, model))
            }
            if ntlearn_zydis_needs_more_bytes(status) { return .needsMoreBytes }
            if ntlearn_zydis_is_too_long(status) { return .tooLong }
            let isLock = ntlearn_zydis_is_bad_lock(status)
            return .instruction(Instruction(operation: isLock ? .lockNotAllowed : .undefined, length: 1))
        }
    }

    private static func flatten(
        _ raw: ZydisDecodedInstruction, _ operands: UnsafeMutableBufferPointer<ZydisDecodedOperand>,
        _ model: CPUModel
    ) -> Instruction {
        var result = Instruction()
        result.length = raw.length
        result.width = raw.operand_width / 8
        result.condition = raw.opcode & 0xF
        result.prefixes = prefixes(of: raw)
        for index in 0..<Int(raw.operand_count) {
            let operand = operands[index]
            if operand.visibility != ZYDIS_OPERAND_VISIBILITY_HIDDEN {
                result.take(operand, at: index)
            } else if operand.type == ZYDIS_OPERAND_TYPE_MEMORY, isStringSource(operand) {
                result.segment = segmentName(operand.mem.segment)
            }
        }
        result.operation = operation(of: raw, operands)
        if !model.executes(result.operation) || !model.has(raw.meta.isa_set) { result.operation = .notOnThisModel }
        if result.operation.isUnexecutable { result.immediate = UInt32(raw.mnemonic.rawValue) }
        result.plain = PlainForm(result)
        return result
    }

    private static func prefixes(of raw: ZydisDecodedInstruction) -> Instruction.Prefixes {
        var prefixes: Instruction.Prefixes = []
        if raw.attributes & (UInt64(ZYDIS_ATTRIB_HAS_REP) | UInt64(ZYDIS_ATTRIB_HAS_REPE)) != 0 {
            prefixes.insert(.rep)
        }
        if raw.attributes & UInt64(ZYDIS_ATTRIB_HAS_REPNE) != 0 { prefixes.insert(.repne) }
        if raw.attributes & UInt64(ZYDIS_ATTRIB_HAS_LOCK) != 0 { prefixes.insert(.lock) }
        if raw.address_width == 16 { prefixes.insert(.address16) }
        return prefixes
    }

    /// String instructions and XLAT hide their operands; only the source's segment can be overridden.
    private static func isStringSource(_ operand: ZydisDecodedOperand) -> Bool {
        let base = operand.mem.base
        return base == ZYDIS_REGISTER_ESI || base == ZYDIS_REGISTER_SI || base == ZYDIS_REGISTER_EBX
            || base == ZYDIS_REGISTER_BX
    }

    /// Picks the operation where one mnemonic covers several.
    private static func operation(
        of raw: ZydisDecodedInstruction, _ operands: UnsafeMutableBufferPointer<ZydisDecodedOperand>
    ) -> Operation {
        guard let operation = OperationTable.operation(of: raw.mnemonic) else { return unit(of: raw) }
        let isFar = raw.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR
        switch operation {
        case .mov, .push, .pop: return special(operation, operands, count: Int(raw.operand_count_visible))
        case .movzx8 where operands[1].size == 16: return .movzx16
        case .movsx8 where operands[1].size == 16: return .movsx16
        case .imul where raw.operand_count_visible == 1: return .imulWide
        case .jmp where isFar: return .jmpFar
        case .call where isFar: return .callFar
        case .ret where isFar: return .retFar
        // MOVSD and CMPSD are SSE2 instructions too.
        case .movs where raw.meta.isa_set != ZYDIS_ISA_SET_I86 && raw.meta.isa_set != ZYDIS_ISA_SET_I386:
            return .notImplemented
        case .cmps where raw.meta.isa_set != ZYDIS_ISA_SET_I86 && raw.meta.isa_set != ZYDIS_ISA_SET_I386:
            return .notImplemented
        default: return operation
        }
    }

    /// Which missing unit an instruction belongs to.
    private static func unit(of raw: ZydisDecodedInstruction) -> Operation {
        switch raw.meta.isa_ext {
        case ZYDIS_ISA_EXT_X87: .floatingPoint
        case ZYDIS_ISA_EXT_MMX, ZYDIS_ISA_EXT_SSE, ZYDIS_ISA_EXT_AMD3DNOW: .multimedia
        default: .notImplemented
        }
    }

    /// MOV, PUSH and POP that name a segment, control or debug register are instructions of their own.
    private static func special(
        _ operation: Operation, _ operands: UnsafeMutableBufferPointer<ZydisDecodedOperand>, count: Int
    ) -> Operation {
        for index in 0..<count where operands[index].type == ZYDIS_OPERAND_TYPE_REGISTER {
            switch ZydisRegisterGetClass(operands[index].reg.value) {
            case ZYDIS_REGCLASS_SEGMENT where operation == .push: return .pushSegment
            case ZYDIS_REGCLASS_SEGMENT where operation == .pop: return .popSegment
            case ZYDIS_REGCLASS_SEGMENT: return index == 0 ? .movToSegment : .movFromSegment
            case ZYDIS_REGCLASS_CONTROL: return index == 0 ? .movToControl : .movFromControl
            case ZYDIS_REGCLASS_DEBUG: return index == 0 ? .movToDebug : .movFromDebug
            case ZYDIS_REGCLASS_TEST: return .notImplemented
            default: break
            }
        }
        return operation
    }
}

/// The segment register that a Zydis register is; DS for none.
private func segmentName(_ register: ZydisRegister) -> SegmentName {
    SegmentName(rawValue: UInt8(truncatingIfNeeded: register.rawValue &- ZYDIS_REGISTER_ES.rawValue)) ?? .ds
}

extension Instruction {
    /// Puts one of Zydis' visible operands where the semantics look for it.
    fileprivate mutating func take(_ operand: ZydisDecodedOperand, at index: Int) {
        switch operand.type {
        case ZYDIS_OPERAND_TYPE_REGISTER: takeRegister(operand.reg.value, at: index)
        case ZYDIS_OPERAND_TYPE_MEMORY:
            takeMemory(operand.mem)
            place(.memory, at: index)
        case ZYDIS_OPERAND_TYPE_IMMEDIATE:
            // ENTER has two immediates: the second, the nesting level, goes above the first.
            let value = UInt32(truncatingIfNeeded: operand.imm.value.u)
            if index == 1, destination == .immediate { immediate |= value << 16 } else { immediate = value }
            if index == 2 { prefixes.insert(.hasImmediate) }
            place(.immediate, at: index)
        case ZYDIS_OPERAND_TYPE_POINTER:
            displacement = operand.ptr.offset
            immediate = UInt32(operand.ptr.segment)
            place(.immediate, at: index)
        default: break
        }
    }

    private mutating func place(_ operand: Operand, at index: Int) {
        if index == 0 { destination = operand }
        if index == 1 { source = operand }
    }

    private mutating func takeRegister(_ register: ZydisRegister, at index: Int) {
        guard let number = Self.generalNumber(register) else {
            special = Self.specialNumber(register)
            return
        }
        place(.register(number), at: index)
    }

    private static func generalNumber(_ register: ZydisRegister) -> UInt8? {
        let first: ZydisRegister
        switch ZydisRegisterGetClass(register) {
        case ZYDIS_REGCLASS_GPR8: first = ZYDIS_REGISTER_AL
        case ZYDIS_REGCLASS_GPR16: first = ZYDIS_REGISTER_AX
        case ZYDIS_REGCLASS_GPR32: first = ZYDIS_REGISTER_EAX
        default: return nil
        }
        return UInt8(truncatingIfNeeded: register.rawValue &- first.rawValue) & 7
    }

    private static func specialNumber(_ register: ZydisRegister) -> UInt8 {
        switch ZydisRegisterGetClass(register) {
        case ZYDIS_REGCLASS_SEGMENT: segmentName(register).rawValue
        case ZYDIS_REGCLASS_CONTROL: UInt8(truncatingIfNeeded: register.rawValue &- ZYDIS_REGISTER_CR0.rawValue)
        case ZYDIS_REGCLASS_DEBUG: UInt8(truncatingIfNeeded: register.rawValue &- ZYDIS_REGISTER_DR0.rawValue)
        default: 0
        }
    }

    private mutating func takeMemory(_ memory: ZydisDecodedOperandMem) {
        segment = segmentName(memory.segment)
        base = Self.generalNumber(memory.base) ?? RegisterFile.none
        index = Self.generalNumber(memory.index) ?? RegisterFile.none
        scale = memory.scale > 1 ? UInt8(memory.scale.trailingZeroBitCount) : 0
        displacement = UInt32(truncatingIfNeeded: memory.disp.value)
    }
}
