import X86

/// Branches are single steps: what is compared is EIP, wherever it points.
extension Form {
    static let branches: [Form] =
        (0..<16).map { (condition: UInt8) in
            branch("j\(conditions[Int(condition)])") { b in
                let isShort = b.random.oneIn(2)
                let width = b.operandWidth(byteToo: false)
                let distance = b.immediate(isShort ? 1 : width)
                b.emit(isShort ? [0x70 | condition] : [0x0F, 0x80 | condition], width: width, distance)
            }
        } + [
            branch("jmp") { b in
                let isShort = b.random.oneIn(2)
                let width = b.operandWidth(byteToo: false)
                b.emit([isShort ? 0xEB : 0xE9], width: width, b.immediate(isShort ? 1 : width))
            },
            branch("jmp") { b in indirect(4, &b) },
            branch("call") { b in
                let width = b.operandWidth(byteToo: false)
                b.emit([0xE8], width: width, b.immediate(width))
            },
            branch("call") { b in indirect(2, &b) },
            branch("ret") { b in
                let width = b.operandWidth(byteToo: false)
                if b.random.oneIn(2) { return b.emit([0xC3], width: width) }
                // Unicorn takes 8000h and above for a negative number of bytes.
                b.emit([0xC2], width: width, b.littleEndian(b.edgeValue(width: 2) & 0x7FFF, 2))
            },
            branch("loopne") { b in loop(0xE0, &b) },
            branch("loope") { b in loop(0xE1, &b) },
            branch("loop") { b in loop(0xE2, &b) },
            branch("jecxz") { b in loop(0xE3, &b) },
            Form("bound", inSequence: false) { b in bound(&b) },
        ]

    private static func branch(_ name: String, _ emit: @escaping @Sendable (inout CaseBuilder) -> Void) -> Form {
        Form(name, inSequence: false) { b in
            b.guest.steps = 1
            emit(&b)
        }
    }

    private static func indirect(_ field: UInt8, _ b: inout CaseBuilder) {
        let width = b.operandWidth(byteToo: false)
        let place = b.place(width, isWritten: false)
        b.emit([0xFF], width: width, field: field, place)
    }

    private static func loop(_ opcode: UInt8, _ b: inout CaseBuilder) {
        b.pin(.ecx, to: b.random.pick([0, 1, 2, 0x1_0000, 0x1_0001, .max, b.edgeValue(width: 4)]))
        let distance = b.immediate(1)
        b.emit([opcode], width: b.operandWidth(byteToo: false), prefixes: b.random.oneIn(2) ? [0x67] : [], distance)
    }

    /// BOUND: the two bounds are near the index half of the time.
    private static func bound(_ b: inout CaseBuilder) {
        let width = b.operandWidth(byteToo: false)
        let operand = b.memoryOperand(2 * width, isWritten: false)
        let field = b.registerNumber()
        let index = b.guest.registers[Int(field)]
        if b.random.oneIn(2) {
            let lower = index &- UInt32(b.random.below(3))
            let upper = index &+ UInt32(b.random.below(3)) &- 1
            b.put(b.littleEndian(lower, width) + b.littleEndian(upper, width), at: operand.address)
        }
        b.emit([0x62], width: width, field: field, .memory(operand))
    }
}
