import CZydis

/// What operands each form of instruction takes, and in which size.
extension InstructionEncoder {
    mutating func setOperands() throws(Problem) {
        switch instruction.mnemonic.form {
        case .plain: try expect(0)
        case .arithmetic: try sized(2, immediateAt: 1, extends: true)
        case .move: try setMove()
        case .test: try setTest()
        case .exchange: try setExchange()
        case .unary: try sized(1)
        case .multiply: try setMultiply()
        case .shift: try setShift()
        case .doubleShift: try setDoubleShift()
        case .bitTest: try setBitTest()
        case .extend: try setExtend()
        case .registerFromAny: try setRegisterFromAny()
        case .registerInto: try setRegisterInto()
        case .loadAddress: try setLoadAddress()
        case .farLoad: try setRegisterAndMemory { $0 + 2 }
        case .bound: try setRegisterAndMemory { $0 * 2 }
        case .push: try setPush()
        case .pop: try setPop()
        case .jump, .call: try setJump()
        case .conditionalJump: try setConditionalJump()
        case .loop: try setLoop()
        case .nearReturn, .farReturn: try setReturn()
        case .interrupt:
            try expect(1)
            try addUnsigned(operands[0], size: 1)
        case .input: try setInput()
        case .output: try setOutput()
        case .enter: try setEnter()
        case .setByte: try setAny(0, of: 1, size: 1)
        case .byteSwap: try setByteSwap()
        case .compareExchange8: try setMemory(size: 8, keyword: 8)
        case .tableRegister: try setMemory(size: 6, keyword: nil)
        case .memoryOnly: try setMemory(size: 1, keyword: nil)
        case .selector: try setAny(0, of: 1, size: 2)
        case .storeSelector: try setStoreSelector()
        case .selectorQuery: try setSelectorQuery()
        case .adjustPrivilege: try setAdjustPrivilege()
        case .adjustBase: try setAdjustBase()
        }
    }

    func expect(_ count: Int) throws(Problem) {
        guard operands.count < count, !operands.isEmpty else {
            guard operands.count == count else { throw invalidOperands() }
            return
        }
        throw Problem(
            "an operand is missing: `\(instruction.mnemonic.name)` takes \(count)", at: instruction.position)
    }

    // MARK: Sizes

    /// The one size that registers and keywords give; `among` are the operands that must agree.
    func commonSize(_ among: some Sequence<OperandSyntax>) throws(Problem) -> Int {
        var size: Int?
        for operand in among where operand.immediate == nil {
            guard let known = operand.knownSize else { continue }
            guard size == nil || size == known else {
                throw Problem("operand sizes differ: \((size ?? 0) * 8) and \(known * 8) bits", at: operand.position)
            }
            size = known
        }
        guard let result = size ?? among.lazy.compactMap(\.size).first else {
            let position = among.first { $0.memory != nil }?.position ?? instruction.position
            throw Problem(
                "operation size not specified", at: position, note: "write byte, word or dword before the operand")
        }
        guard result <= 4 else { throw invalidOperands() }
        return result
    }

    /// A general register or memory of `size` bytes.
    mutating func addAny(_ operand: OperandSyntax, size: Int) throws(Problem) {
        guard operand.distance == nil, operand.isRegisterOrMemory else { throw invalidOperands() }
        if let known = operand.knownSize, known != size {
            throw Problem("operand sizes differ: \(size * 8) and \(known * 8) bits", at: operand.position)
        }
        if let register = operand.register { add(register) } else { try addMemory(operand, size: size) }
    }

    private mutating func addGeneral(_ operand: OperandSyntax, sizes: [Int]) throws(Problem) -> Int {
        guard let register = operand.register, register.kind == .general, sizes.contains(register.size),
            operand.size == nil || operand.size == register.size
        else { throw invalidOperands() }
        add(register)
        return register.size
    }

    /// `count` operands of one size; the one at `immediateAt` may be a number.
    private mutating func sized(_ count: Int, immediateAt: Int? = nil, extends: Bool = false) throws(Problem) {
        try expect(count)
        guard operands.filter({ $0.memory != nil }).count <= 1 else { throw invalidOperands() }
        let size = try commonSize(operands)
        for (index, operand) in operands.enumerated() {
            if index == immediateAt, operand.immediate != nil {
                try addImmediate(operand, size: size, extends: extends)
            } else {
                try addAny(operand, size: size)
            }
        }
    }

    private mutating func setAny(_ index: Int, of count: Int, size: Int) throws(Problem) {
        try expect(count)
        try addAny(operands[index], size: size)
    }

    private mutating func setMemory(size: Int, keyword: Int?) throws(Problem) {
        try expect(1)
        guard operands[0].size == nil || operands[0].size == keyword, operands[0].distance == nil else {
            throw invalidOperands()
        }
        try addMemory(operands[0], size: size)
    }

    // MARK: Data movement

    private mutating func setMove() throws(Problem) {
        try expect(2)
        if let special = operands.lazy.compactMap(\.register).first(where: { $0.kind != .general }) {
            return try setSpecialMove(special.kind)
        }
        try sized(2, immediateAt: 1)
    }

    /// To or from a segment, control or debug register.
    private mutating func setSpecialMove(_ kind: RegisterName.Kind) throws(Problem) {
        let toSpecial = operands[0].register?.kind == kind
        let other = operands[toSpecial ? 1 : 0]
        if kind == .segment, other.memory != nil {
            guard other.size == nil || other.size == 2, other.distance == nil else { throw invalidOperands() }
            for operand in operands {
                if let register = operand.register { add(register) } else { try addMemory(operand, size: 2) }
            }
            return
        }
        guard let register = other.register, register.kind == .general,
            register.size == 4 || (kind == .segment && register.size == 2)
        else { throw invalidOperands() }
        for operand in operands {
            guard let name = operand.register else { throw invalidOperands() }
            // MOV to a segment register has no operand size: the short form serves EAX as well as AX.
            add(kind == .segment && toSpecial && name.kind == .general ? name.resized(to: 2) : name)
        }
    }

    private mutating func setTest() throws(Problem) {
        try expect(2)
        guard operands[1].memory != nil, operands[0].memory == nil else { return try sized(2, immediateAt: 1) }
        let size = try commonSize(operands)
        try addAny(operands[1], size: size)
        try addAny(operands[0], size: size)
    }

    /// The order that the encoder wants: memory first, the accumulator second (for the short form), and else
    /// NASM's, which puts the first operand into ModRM.reg.
    private mutating func setExchange() throws(Problem) {
        try expect(2)
        guard operands.contains(where: { $0.memory == nil }) else { throw invalidOperands() }
        let size = try commonSize(operands)
        let keepsOrder = operands[0].memory != nil || (operands[1].register?.isAccumulator == true && size > 1)
        for operand in keepsOrder ? operands : operands.reversed() { try addAny(operand, size: size) }
    }

    private mutating func setExtend() throws(Problem) {
        try expect(2)
        let size = try addGeneral(operands[0], sizes: [2, 4])
        guard let from = operands[1].knownSize ?? (size == 2 ? 1 : nil) else {
            throw Problem(
                "operation size not specified", at: operands[1].position, note: "write byte or word before the operand")
        }
        guard from < size else { throw invalidOperands() }
        try addAny(operands[1], size: from)
    }

    private mutating func setRegisterFromAny() throws(Problem) {
        try expect(2)
        let size = try addGeneral(operands[0], sizes: [2, 4])
        try addAny(operands[1], size: size)
    }

    private mutating func setRegisterInto() throws(Problem) {
        try expect(2)
        guard let size = operands[1].register?.size else { throw invalidOperands() }
        try addAny(operands[0], size: size)
        _ = try addGeneral(operands[1], sizes: [size])
    }

    private mutating func setLoadAddress() throws(Problem) {
        try expect(2)
        guard operands[1].distance == nil else { throw invalidOperands() }
        _ = try addGeneral(operands[0], sizes: [2, 4])
        try addMemory(operands[1], size: nil)
    }

    private mutating func setRegisterAndMemory(_ memorySize: (Int) -> Int) throws(Problem) {
        try expect(2)
        guard operands[1].size == nil, operands[1].distance == nil else { throw invalidOperands() }
        let size = try addGeneral(operands[0], sizes: [2, 4])
        try addMemory(operands[1], size: memorySize(size))
    }

    private mutating func setByteSwap() throws(Problem) {
        try expect(1)
        _ = try addGeneral(operands[0], sizes: [4])
    }

    // MARK: Arithmetic

    private mutating func setMultiply() throws(Problem) {
        guard operands.count > 1 else { return try sized(1) }
        let size = try addGeneral(operands[0], sizes: [2, 4])
        switch (operands.count, operands[1].immediate != nil) {
        case (2, false): try addAny(operands[1], size: size)
        case (2, true):
            // `imul eax, 5` is short for `imul eax, eax, 5`.
            _ = try addGeneral(operands[0], sizes: [size])
            try addImmediate(operands[1], size: size, extends: true)
        case (3, false):
            try addAny(operands[1], size: size)
            try addImmediate(operands[2], size: size, extends: true)
        default: throw invalidOperands()
        }
    }

    private mutating func addCount(_ operand: OperandSyntax) throws(Problem) {
        if operand.register == .cl { return add(.cl) }
        guard operand.size == nil else { throw invalidOperands() }
        try addUnsigned(operand, size: 1)
    }

    private mutating func setShift() throws(Problem) {
        try expect(2)
        try addAny(operands[0], size: try commonSize(operands.prefix(1)))
        try addCount(operands[1])
    }

    private mutating func setDoubleShift() throws(Problem) {
        try expect(3)
        try setRegisterPair()
        try addCount(operands[2])
    }

    private mutating func setRegisterPair() throws(Problem) {
        guard let size = operands[1].register?.size, size > 1 else { throw invalidOperands() }
        try addAny(operands[0], size: size)
        _ = try addGeneral(operands[1], sizes: [size])
    }

    private mutating func setBitTest() throws(Problem) {
        try expect(2)
        if operands[1].register != nil { return try setRegisterPair() }
        try addAny(operands[0], size: try commonSize(operands.prefix(1)))
        guard operands[1].size == nil else { throw invalidOperands() }
        try addUnsigned(operands[1], size: 1)
    }

    private mutating func setAdjustBase() throws(Problem) {
        guard !operands.isEmpty else { return add(number: 10) }
        try expect(1)
        try addUnsigned(operands[0], size: 1)
    }
}
