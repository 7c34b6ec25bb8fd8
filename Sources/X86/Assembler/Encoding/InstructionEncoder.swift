import CZydis

/// Encodes one instruction with Zydis, choosing the sizes that NASM chooses.
///
/// Numbers that the layout decides (addresses) and numbers whose width the source forces (`strict dword`) are
/// encoded as placeholders of that width, whose places the decoder finds afterwards.
struct InstructionEncoder {
    let instruction: InstructionStatement
    let context: PlaceContext
    var request = ZydisEncoderRequest()
    private var patches: [Pending] = []
    /// Nothing evaluated so far can change in a later pass.
    var isStable = true

    private struct Pending {
        var field: Field
        var size: Int
        var expression: ExpressionCode
        var isRelative: Bool
    }

    enum Field {
        case displacement
        case immediate
        /// Offset of a far pointer.
        case pointer
    }

    private init(_ instruction: InstructionStatement, in context: PlaceContext) {
        self.instruction = instruction
        self.context = context
        request.machine_mode = ZYDIS_MACHINE_MODE_LEGACY_32
        request.mnemonic = instruction.mnemonic.zydis
    }

    /// The encoding of `instruction` at the place that `context` describes.
    static func encode(_ instruction: InstructionStatement, in context: PlaceContext) throws(Problem)
        -> InstructionEncoding
    {
        var encoder = InstructionEncoder(instruction, in: context)
        try encoder.setPrefixes()
        try encoder.setOperands()
        return try encoder.finish()
    }

    // MARK: Operands

    var operands: [OperandSyntax] { instruction.operands }

    mutating func appendOperand(_ fill: (inout ZydisEncoderOperand) -> Void) {
        var operand = ZydisEncoderOperand()
        fill(&operand)
        switch request.operand_count {
        case 0: request.operands.0 = operand
        case 1: request.operands.1 = operand
        case 2: request.operands.2 = operand
        default: request.operands.3 = operand
        }
        request.operand_count += 1
    }

    mutating func add(_ register: RegisterName) {
        appendOperand {
            $0.type = ZYDIS_OPERAND_TYPE_REGISTER
            $0.reg.value = register.zydis
        }
    }

    mutating func add(number: Int64) {
        appendOperand {
            $0.type = ZYDIS_OPERAND_TYPE_IMMEDIATE
            $0.imm.s = number
        }
    }

    /// A number that stands for what `expression` will be.
    mutating func placeholder(for expression: ExpressionCode, in field: Field, size: Int, relative: Bool = false)
        -> Int64
    {
        patches.append(Pending(field: field, size: size, expression: expression, isRelative: relative))
        return size == 4 ? 0x1234_5678 : size == 2 ? 0x1234 : 0x12
    }

    /// Evaluates, and notes whether the result may differ in a later pass.
    mutating func evaluate(_ code: ExpressionCode) throws(Problem) -> LinearValue {
        let value = try code.evaluate(in: context)
        if !code.isFixed && (value.isUnknown || value.withoutRegisters.address == nil) { isStable = false }
        return value
    }

    // MARK: Result

    private mutating func finish() throws(Problem) -> InstructionEncoding {
        var bytes = try encodeBytes()
        var encoding = InstructionEncoding(bytes: [], isStable: isStable)
        if !patches.isEmpty { encoding.patches = locate(patches, in: bytes) }
        if instruction.prefixes.contains(.o16), !bytes.contains(0x66) {
            bytes.insert(0x66, at: 0)
            for index in encoding.patches.indices { encoding.patches[index].offset += 1 }
        }
        encoding.bytes = bytes
        return encoding
    }

    private mutating func encodeBytes() throws(Problem) -> [UInt8] {
        if let bytes = callEncoder() { return bytes }
        // Some immediates count as unsigned for Zydis (shift counts, ports), most as signed.
        let last = Int(request.operand_count) - 1
        if last >= 0, operands.last?.immediate != nil, makeLastImmediateUnsigned(), let bytes = callEncoder() {
            return bytes
        }
        throw invalidOperands()
    }

    private mutating func callEncoder() -> [UInt8]? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { buffer in
            var length: ZyanUSize = 15
            let status = ZydisEncoderEncodeInstruction(&request, buffer.baseAddress, &length)
            guard ntlearn_zyan_success(status), length <= 15 else { return nil }
            return (0..<Int(length)).map { buffer[$0] }
        }
    }

    private mutating func makeLastImmediateUnsigned() -> Bool {
        func fix(_ operand: inout ZydisEncoderOperand) -> Bool {
            guard operand.type == ZYDIS_OPERAND_TYPE_IMMEDIATE, (-128..<0).contains(operand.imm.s) else {
                return false
            }
            operand.imm.s &= 0xFF
            return true
        }
        switch request.operand_count {
        case 1: return fix(&request.operands.0)
        case 2: return fix(&request.operands.1)
        case 3: return fix(&request.operands.2)
        default: return false
        }
    }

    private func locate(_ pending: [Pending], in bytes: [UInt8]) -> [InstructionEncoding.Patch] {
        let decoded = ZydisFields.decode(bytes)
        return pending.map { patch in
            let offset =
                switch patch.field {
                case .displacement: Int(decoded.raw.disp.offset)
                case .immediate: Int(decoded.raw.imm.0.offset)
                // The selector, two bytes, comes last.
                case .pointer: bytes.count - 2 - patch.size
                }
            return InstructionEncoding.Patch(
                offset: offset, size: patch.size, expression: patch.expression,
                isRelative: patch.isRelative, isDisplacement: patch.field == .displacement)
        }
    }

    // MARK: Problems

    func invalidOperands() -> Problem {
        let kinds = operands.map { operand in
            switch operand.kind {
            case .register(let register): "\(register.size * 8)-bit \(register.kind) register"
            case .memory: operand.size.map { "\($0 * 8)-bit memory" } ?? "memory"
            case .immediate: "number"
            case .farPointer: "far address"
            }
        }
        let list = kinds.isEmpty ? "no operands" : kinds.joined(separator: ", ")
        return Problem("`\(instruction.mnemonic.name)` does not take \(list)", at: instruction.position)
    }
}

/// Where the fields of an encoded instruction lie.
enum ZydisFields {
    private static let decoder: ZydisDecoder = {
        var decoder = ZydisDecoder()
        ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LEGACY_32, ZYDIS_STACK_WIDTH_32)
        return decoder
    }()

    static func decode(_ bytes: [UInt8]) -> ZydisDecodedInstruction {
        var instruction = ZydisDecodedInstruction()
        withUnsafePointer(to: decoder) { decoder in
            _ = ZydisDecoderDecodeInstruction(decoder, nil, bytes, ZyanUSize(bytes.count), &instruction)
        }
        return instruction
    }
}
