/// One parsed statement.
struct Statement {
    enum Kind {
        /// Index into the symbol table.
        case label(Int)
        case equ(Int, ExpressionCode)
        /// Index into the section table.
        case section(Int)
        case data(unit: Int, items: [DataItem])
        case reserve(unit: Int, count: ExpressionCode)
        /// Zeros, as many as the expression says.
        case gap(ExpressionCode)
        case align(to: ExpressionCode, fill: AlignmentFill)
        case instruction(InstructionStatement)
    }

    var kind: Kind
    var position: SourcePosition
    /// How often `times` repeats it.
    var times: ExpressionCode?
}

/// One item of `db`, `dw`, `dd` or `dq`.
enum DataItem {
    case string([UInt8])
    case expression(ExpressionCode)
}

/// What the gap before an aligned address holds.
enum AlignmentFill {
    /// `alignb`: room, nothing written.
    case reserved
    case bytes([UInt8])
}

/// A parsed instruction, and what it was last encoded to.
final class InstructionStatement {
    let mnemonic: Mnemonic
    let prefixes: [InstructionPrefix]
    /// Segment override written before the mnemonic (`fs lodsd`).
    let segment: RegisterName?
    let operands: [OperandSyntax]
    let position: SourcePosition
    /// The encoding of the last pass, kept while nothing that it depends on can change.
    var encoding: InstructionEncoding?

    init(
        mnemonic: Mnemonic, prefixes: [InstructionPrefix], segment: RegisterName?, operands: [OperandSyntax],
        position: SourcePosition
    ) {
        self.mnemonic = mnemonic
        self.prefixes = prefixes
        self.segment = segment
        self.operands = operands
        self.position = position
    }
}

/// An operand as written.
struct OperandSyntax {
    enum Kind {
        case register(RegisterName)
        case memory(MemorySyntax)
        case immediate(ExpressionCode)
        case farPointer(segment: ExpressionCode, offset: ExpressionCode)
    }

    enum Distance: String {
        case short, near, far
    }

    var kind: Kind
    /// Bytes, from a size keyword.
    var size: Int?
    var isStrict = false
    var distance: Distance?
    var position: SourcePosition

    var register: RegisterName? {
        if case .register(let register) = kind { register } else { nil }
    }

    var memory: MemorySyntax? {
        if case .memory(let memory) = kind { memory } else { nil }
    }

    var immediate: ExpressionCode? {
        if case .immediate(let code) = kind { code } else { nil }
    }

    /// A general register or memory.
    var isRegisterOrMemory: Bool { memory != nil || register?.kind == .general }

    /// Bytes, from the register or the keyword.
    var knownSize: Int? { register?.size ?? size }
}

/// What stands in the brackets of a memory operand.
struct MemorySyntax {
    var segment: RegisterName?
    var address: ExpressionCode
    /// Bytes of the displacement, from a size keyword in the brackets.
    var displacementSize: Int?
}
