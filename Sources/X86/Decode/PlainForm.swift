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
    case address, load, store, compareMemory, testMemory
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
        guard instruction.width == 4, instruction.prefixes.isEmpty, instruction.reachesMemoryPlainly else { return }
        operation = Self.operation(instruction)
        length = instruction.length
        destination = Self.register(instruction.destination)
        source = Self.register(operation == .push ? instruction.destination : instruction.source)
    }

    private static func operation(_ instruction: Instruction) -> PlainOperation {
        switch (instruction.destination.isRegister, instruction.source.isMemory) {
        case (true, true): loading(instruction)
        case (true, false): onRegister(instruction)
        default: instruction.destination.isMemory ? onMemory(instruction) : withoutDestination(instruction)
        }
    }

    private static func register(_ operand: Operand) -> UInt8 { operand.isRegister ? operand.code : RegisterFile.none }

    private static func loading(_ instruction: Instruction) -> PlainOperation {
        switch instruction.operation {
        case .mov: .load
        case .lea: .address
        default: .none
        }
    }

    /// The source is a register or an immediate.
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

    /// The source is a register or an immediate.
    private static func onMemory(_ instruction: Instruction) -> PlainOperation {
        switch instruction.operation {
        case .mov: .store
        case .cmp: .compareMemory
        case .test: .testMemory
        default: .none
        }
    }

    private static func withoutDestination(_ instruction: Instruction) -> PlainOperation {
        let isImmediate = instruction.destination == .immediate
        return switch instruction.operation {
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

extension Instruction {
    /// No memory operand, or one in a segment that a burst knows to be flat.
    fileprivate var reachesMemoryPlainly: Bool {
        guard destination.isMemory || source.isMemory else { return true }
        return segment == .ds || segment == .ss
    }
}
