import CZydis

/// Memory operands: base, index, scale and displacement from an expression.
extension InstructionEncoder {
    private struct Registers {
        var base: RegisterName?
        var index: RegisterName?
        var scale: Int64 = 0
        /// Bytes of an address: 2 or 4; nil without registers.
        var addressSize: Int?
    }

    /// Adds a memory operand of `size` bytes; nil for one that is only an address (LEA).
    mutating func addMemory(_ operand: OperandSyntax, size: Int?) throws(Problem) {
        guard let memory = operand.memory else { throw invalidOperands() }
        if let segment = memory.segment { try setSegment(segment) }
        let value = try evaluate(memory.address)
        let position = memory.address.position
        let registers = try registers(in: value, at: position)
        let addressSize = try addressSize(registers, memory)
        let displacement = try displacement(value, registers, addressSize, memory)
        if registers.addressSize == nil {
            request.address_size_hint = addressSize == 2 ? ZYDIS_ADDRESS_SIZE_HINT_16 : ZYDIS_ADDRESS_SIZE_HINT_32
        }
        appendOperand {
            $0.type = ZYDIS_OPERAND_TYPE_MEMORY
            $0.mem.base = registers.base?.zydis ?? ZYDIS_REGISTER_NONE
            $0.mem.index = registers.index?.zydis ?? ZYDIS_REGISTER_NONE
            $0.mem.scale = ZyanU8(truncatingIfNeeded: registers.scale)
            $0.mem.displacement = displacement
            $0.mem.size = ZyanU16(size ?? addressSize)
        }
    }

    private func addressSize(_ registers: Registers, _ memory: MemorySyntax) throws(Problem) -> Int {
        if let size = registers.addressSize {
            guard memory.displacementSize.map({ $0 == 1 || $0 == size }) ?? true else {
                throw Problem("this size does not match the address registers", at: memory.address.position)
            }
            return size
        }
        guard memory.displacementSize != 1 else {
            throw Problem("an address without registers has no byte form", at: memory.address.position)
        }
        return memory.displacementSize ?? (instruction.prefixes.contains(.a16) ? 2 : 4)
    }

    private mutating func displacement(
        _ value: LinearValue, _ registers: Registers, _ addressSize: Int, _ memory: MemorySyntax
    ) throws(Problem) -> Int64 {
        let code = memory.address
        let rest = value.withoutRegisters
        let isAddress = rest.address != nil
        guard rest.isScalar || isAddress else { throw Problem(rest.notSimple, at: code.position) }
        if !isAddress, !NumberRange.fits(value.constant, size: addressSize) {
            throw Problem("the displacement does not fit in \(NumberRange.name(addressSize))", at: code.position)
        }
        let forced = memory.displacementSize
        let signed = NumberRange.signed(value.constant, size: addressSize)
        if forced == 1, isAddress || !(-128...127).contains(signed) {
            throw Problem("the displacement does not fit in a signed byte", at: code.position)
        }
        guard isAddress || forced != nil || registers.addressSize == nil else { return signed }
        // The form is settled by the placeholder's width, whatever the number turns out to be.
        return placeholder(for: code, in: .displacement, size: forced ?? addressSize)
    }

    private func registers(in value: LinearValue, at position: SourcePosition) throws(Problem) -> Registers {
        var parts: [(register: RegisterName, coefficient: Int64, isScaled: Bool)] = []
        for term in value.terms {
            if case .register(let register) = term.base { parts.append((register, term.coefficient, term.isScaled)) }
        }
        guard let first = parts.first else { return Registers() }
        guard parts.count <= 2 else { throw Problem("an address has at most two registers", at: position) }
        let size = first.register.size
        guard size >= 2, parts.allSatisfy({ $0.register.kind == .general && $0.register.size == size }) else {
            throw Problem("these registers cannot form an address", at: position)
        }
        if size == 2 { return try registers16(parts.map { ($0.register, $0.coefficient) }, at: position) }
        if parts.count == 1 { return try single(first.register, first.coefficient, at: position) }
        return try pair(parts[0], parts[1], at: position)
    }

    /// One register: `[eax*3]` is `[eax+eax*2]`, `[eax*2]` the shorter `[eax+eax]`.
    private func single(
        _ register: RegisterName, _ coefficient: Int64, at position: SourcePosition
    ) throws(Problem) -> Registers {
        let isStackPointer = register.number == 4
        switch coefficient {
        case 1: return Registers(base: register, addressSize: 4)
        case 2, 3, 5, 9:
            guard !isStackPointer else { break }
            return Registers(base: register, index: register, scale: coefficient - 1, addressSize: 4)
        case 4, 8:
            guard !isStackPointer else { break }
            return Registers(index: register, scale: coefficient, addressSize: 4)
        default: break
        }
        throw Problem("an address cannot have this register times \(coefficient)", at: position)
    }

    private func pair(
        _ first: (register: RegisterName, coefficient: Int64, isScaled: Bool),
        _ second: (register: RegisterName, coefficient: Int64, isScaled: Bool), at position: SourcePosition
    ) throws(Problem) -> Registers {
        var (base, index) = (first, second)
        if first.coefficient != 1 || (second.coefficient == 1 && first.isScaled) { swap(&base, &index) }
        if index.coefficient == 1, index.register.number == 4 { swap(&base, &index) }
        guard base.coefficient == 1, index.register.number != 4, [1, 2, 4, 8].contains(index.coefficient) else {
            throw Problem("these registers and factors cannot form an address", at: position)
        }
        return Registers(base: base.register, index: index.register, scale: index.coefficient, addressSize: 4)
    }

    /// BX or BP, SI or DI, or one of each.
    private func registers16(
        _ parts: [(register: RegisterName, coefficient: Int64)], at position: SourcePosition
    ) throws(Problem) -> Registers {
        let bases = parts.filter { $0.register.number == 3 || $0.register.number == 5 }
        let indices = parts.filter { $0.register.number == 6 || $0.register.number == 7 }
        guard bases.count <= 1, indices.count <= 1, bases.count + indices.count == parts.count,
            parts.allSatisfy({ $0.coefficient == 1 })
        else { throw Problem("a 16-bit address is BX or BP, SI or DI, or one of each", at: position) }
        guard let base = bases.first?.register else {
            return Registers(base: indices.first?.register, addressSize: 2)
        }
        let index = indices.first?.register
        return Registers(base: base, index: index, scale: index == nil ? 0 : 1, addressSize: 2)
    }
}
