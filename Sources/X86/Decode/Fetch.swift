import CZydis

/// Instruction fetch: EIP to a decoded instruction, through the code segment, paging and the cache.
extension CPU {
    @inline(__always)
    mutating func fetch<T: Tracer>(_ tracer: inout T) throws(Exception) -> Instruction {
        let instruction = window[eip]
        return instruction.length != 0 ? instruction : try fetchOutsideWindow(&tracer)
    }

    @inline(never)
    private mutating func fetchOutsideWindow<T: Tracer>(_ tracer: inout T) throws(Exception) -> Instruction {
        let known = window.physicalAddress(of: eip)
        window.close()
        let code = segments[.cs]
        guard eip <= code.limit else { throw .generalProtection(0, .codeLimit) }
        let access = Access(isWrite: false, isUser: cpl == 3, isFetch: true)
        let address = if let known { known } else { try translate(code.base &+ eip, access, &tracer) }
        var instruction = decoded[address]
        if instruction.length == 0 || !code.is32Bit {  // Only 32-bit code is kept.
            instruction = try decode(at: address, code, access, &tracer)
        }
        guard UInt32(instruction.length) &- 1 <= code.limit &- eip else {
            throw .generalProtection(0, .codeLimit)
        }
        if code.isFlat32Bit { window.open(at: eip, physical: address, decoded.slots(at: address)) }
        return instruction
    }

    /// Reads up to 15 bytes, the next page's only if the instruction reaches into it.
    @inline(never)
    private mutating func decode<T: Tracer>(
        at address: UInt32, _ code: SegmentRegister, _ access: Access, _ tracer: inout T
    ) throws(Exception) -> Instruction {
        var bytes = InlineArray<15, UInt8>(repeating: 0)
        let here = Int(min(15, 0x1000 - (address & 0xFFF)))
        for index in 0..<here { bytes[index] = physical.load(UInt8.self, at: address &+ UInt32(index)) }
        switch decodeBytes(bytes, here, code) {
        case .instruction(let instruction):
            if code.is32Bit { decoded.insert(instruction, at: address) }
            return instruction
        case .tooLong: throw .generalProtection(0, .instructionTooLong)
        case .needsMoreBytes where here == 15: throw .generalProtection(0, .instructionTooLong)
        case .needsMoreBytes: break
        }
        guard UInt32(here) <= code.limit &- eip else { throw .generalProtection(0, .codeLimit) }
        let next = try translate(code.base &+ eip &+ UInt32(here), access, &tracer)
        for index in here..<15 { bytes[index] = physical.load(UInt8.self, at: next &+ UInt32(index - here)) }
        guard case .instruction(let instruction) = decodeBytes(bytes, 15, code) else {
            throw .generalProtection(0, .instructionTooLong)
        }
        return instruction
    }

    private func decodeBytes(
        _ bytes: InlineArray<15, UInt8>, _ count: Int, _ code: SegmentRegister
    ) -> Decoder.Result {
        withUnsafeBytes(of: bytes) { buffer in
            decoder.decode(
                UnsafeRawBufferPointer(rebasing: buffer[..<count]), is32Bit: code.is32Bit, model: model)
        }
    }
}

extension Exception {
    /// The fault of an instruction that cannot be executed, with its name where it has one.
    static func unexecutable(_ instruction: Instruction) -> Exception {
        let name = ZydisMnemonicGetString(ZydisMnemonic(rawValue: instruction.immediate))
        let mnemonic = name.map { String(cString: $0).uppercased() } ?? "this instruction"
        switch instruction.operation {
        case .notOnThisModel: return .invalidOpcode(.notOnThisModel(mnemonic: mnemonic))
        case .notImplemented, .floatingPoint, .multimedia: return .invalidOpcode(.notImplemented(what: mnemonic))
        case .lockNotAllowed: return .invalidOpcode(.lockNotAllowed)
        default: return .invalidOpcode(.undefinedOpcode)
        }
    }
}
