import X86

extension Form {
    static let movement: [Form] =
        [
            Form("mov") { b in
                let width = b.operandWidth()
                let toRegister: UInt8 = b.random.oneIn(2) ? 2 : 0
                let place = b.place(width, isWritten: toRegister == 0)
                let field = b.registerNumber()
                b.emit([0x88 | toRegister | (width == 1 ? 0 : 1)], width: width, field: field, place)
            },
            Form("mov") { b in
                let width = b.operandWidth()
                let immediate = b.immediate(width)
                if b.random.oneIn(2) {
                    return b.emit([(width == 1 ? 0xB0 : 0xB8) | b.registerNumber()], width: width, immediate)
                }
                let place = b.place(width)
                b.emit([width == 1 ? 0xC6 : 0xC7], width: width, field: 0, place, immediate)
            },
            Form("mov") { b in moveAccumulator(&b) },
            Form("movzx") { b in extend(0xB6, &b) },
            Form("movsx") { b in extend(0xBE, &b) },
            Form("lea") { b in
                let operand = b.memoryOperand(4, isWritten: false)
                let field = b.registerNumber()
                b.emit([0x8D], width: b.operandWidth(byteToo: false), field: field, .memory(operand))
            },
            Form("xlat", inSequence: false) { b in
                let narrow = b.random.oneIn(3)
                let address = b.operandAddress(1)
                b.pin(.ebx, to: address &- b.guest.registers[0] & 0xFF)
                let override = b.random.oneIn(4) ? [b.segmentPrefix(isWritten: false)] : []
                b.emit([0xD7], prefixes: (narrow && address < 0x1_0000 ? [0x67] : []) + override)
            },
            Form("nop") { b in b.emit([0x90]) },
        ]
        + (0..<16).map { (condition: UInt8) in
            Form("cmov\(conditions[Int(condition)])", reads: Flags.status & ~Flags.adjust) { b in
                let width = b.operandWidth(byteToo: false)
                let place = b.place(width, isWritten: false)
                let field = b.registerNumber()
                b.emit([0x0F, 0x40 | condition], width: width, field: field, place)
            }
        }
        + (0..<16).map { (condition: UInt8) in
            Form("set\(conditions[Int(condition)])", reads: Flags.status & ~Flags.adjust) { b in
                let place = b.place(1)
                // The reg field means nothing.
                let field = b.registerNumber()
                b.emit([0x0F, 0x90 | condition], width: 1, field: field, place)
            }
        }

    static let conditions = [
        "o", "no", "b", "nb", "z", "nz", "be", "nbe", "s", "ns", "p", "np", "l", "nl", "le", "nle",
    ]

    /// A0h–A3h: the address without ModR/M.
    private static func moveAccumulator(_ b: inout CaseBuilder) {
        let width = b.operandWidth()
        let address = b.operandAddress(width)
        b.put(b.edgeBytes(width), at: address)
        let narrow = address < 0x1_0000 && b.random.oneIn(3)
        let opcode = UInt8(0xA0) | (b.random.oneIn(2) ? 2 : 0) | (width == 1 ? 0 : 1)
        b.emit([opcode], width: width, prefixes: narrow ? [0x67] : [], b.littleEndian(address, narrow ? 2 : 4))
    }

    private static func extend(_ opcode: UInt8, _ b: inout CaseBuilder) {
        let fromWord: UInt8 = b.random.oneIn(2) ? 1 : 0
        let width = b.operandWidth(byteToo: false)
        let place = b.place(fromWord == 1 ? 2 : 1, isWritten: false)
        let field = b.registerNumber()
        b.emit([0x0F, opcode | fromWord], width: width, field: field, place)
    }
}
