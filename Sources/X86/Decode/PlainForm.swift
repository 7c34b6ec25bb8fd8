/// What a plain instruction does: one that works on whole general registers, constants, and doublewords in memory.
///
/// Most of any program is plain. `CPU.burst` executes these forms without the tests that others need; the semantics of
/// all instructions, these included, are in `CPU.perform`.
enum PlainOperation: UInt8 {
    /// Not plain.
    case none
    case move, add, or, adc, sbb, and, sub, xor, compare, test
    case increment, decrement, negate, complement
    case rol, ror, shl, shr, sar
    case address, load, store
    case push, pop, call, ret, jump, jumpIf, skip
}

/// A plain instruction's operands. Its value operand is always the sum of a register and the immediate field: of a
/// register and zero, or of the register slot that is zero and a constant. Nothing has to ask which.
struct PlainForm {
    var operation = PlainOperation.none
    /// Bytes in the instruction.
    var length: UInt8 = 0
    /// The register that is changed.
    var destination = RegisterFile.none
    /// The register whose sum with the immediate is the value operand.
    var source = RegisterFile.none
}

extension PlainForm {
    /// The plain form of a decoded instruction; `none` for all that is not plain.
    init(_ instruction: Instruction) {
        guard instruction.width == 4, instruction.prefixes.isEmpty else { return }
        let isFlat = instruction.segment == .ds || instruction.segment == .ss
        let value = instruction.source.isRegister ? instruction.source.code : RegisterFile.none
        switch (instruction.destination.isRegister, instruction.source.isMemory) {
        case (true, false):
            operation = Self.onRegister(instruction)
            source = value
        case (true, true) where isFlat:
            operation = Self.onMemory(instruction)
        case (false, false):
            operation = isFlat || !instruction.destination.isMemory ? Self.withoutRegister(instruction) : .none
            source = instruction.operation == .mov ? value : RegisterFile.none
        default: return
        }
        if instruction.operation == .push, instruction.destination.isRegister { source = instruction.destination.code }
        length = instruction.length
        destination = instruction.destination.isRegister ? instruction.destination.code : RegisterFile.none
    }

    /// The destination is a register, the source a register, an immediate, or none.
    private static func onRegister(_ instruction: Instruction) -> PlainOperation {
        switch instruction.operation {
        case .mov: .move
        case .add: .add
        case .or: .or
        case .adc: .adc
        case .sbb: .sbb
        case .and: .and
        case .sub: .sub
        case .xor: .xor
        case .cmp: .compare
        case .test: .test
        case .inc: .increment
        case .dec: .decrement
        case .neg: .negate
        case .not: .complement
        case .rol: .rol
        case .ror: .ror
        case .shl: .shl
        case .shr: .shr
        case .sar: .sar
        case .push: .push
        case .pop: .pop
        default: .none
        }
    }

    private static func onMemory(_ instruction: Instruction) -> PlainOperation {
        switch instruction.operation {
        case .mov: .load
        case .lea: .address
        default: .none
        }
    }

    private static func withoutRegister(_ instruction: Instruction) -> PlainOperation {
        let isImmediate = instruction.destination == .immediate
        return switch instruction.operation {
        case .mov: .store
        case .push where isImmediate: .push
        case .jmp where isImmediate: .jump
        case .call where isImmediate: .call
        case .jcc: .jumpIf
        case .ret where !isImmediate: .ret
        case .nop: .skip
        default: .none
        }
    }
}
