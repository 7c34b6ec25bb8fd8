import X86

/// There are no descriptors here but null ones: what would load another selector belongs to the tests of segmentation.
extension Form {
    static let segments: [Form] =
        [
            Form("mov") { b in
                let width = b.operandWidth(byteToo: false)
                let place = b.place(2)
                b.emit([0x8C], width: width, field: UInt8(b.random.below(6)), place)
            },
            Form("mov", inSequence: false) { b in
                let number = b.registerNumber()
                b.guest.registers[Int(number)] = b.edgeValue(width: 4) & 0xFFFF_0000 | UInt32(b.random.below(4))
                let segment = b.random.pick([0, 3, 4, 5] as [UInt8])  // ES, DS, FS, GS
                b.emit([0x8E], width: b.operandWidth(byteToo: false), field: segment, .register(number))
            },
            Form("pop", inSequence: false) { b in
                b.put([UInt8(b.random.below(4)), 0], at: b.guest.registers[Int(Register.esp.rawValue)])
                b.emit(
                    b.random.pick([[0x07], [0x1F], [0x0F, 0xA1], [0x0F, 0xA9]]), width: b.operandWidth(byteToo: false))
            },
            Form("arpl") { b in
                b.flags(defined: Flags.zero)
                let place = b.place(2)
                let field = b.registerNumber()
                b.emit([0x63], width: 4, field: field, place)
            },
        ]
        + [("les", [0xC4]), ("lds", [0xC5]), ("lfs", [0x0F, 0xB4]), ("lgs", [0x0F, 0xB5])].map {
            (name: String, opcode: [UInt8]) in
            Form(name, inSequence: false) { b in
                let width = b.operandWidth(byteToo: false)
                let operand = b.memoryOperand(width + 2, isWritten: false)
                b.put([UInt8(b.random.below(4)), 0], at: operand.address &+ UInt32(width))
                let field = b.registerNumber()
                b.emit(opcode, width: width, field: field, .memory(operand))
            }
        }
        + [("lar", [0x0F, 0x02]), ("lsl", [0x0F, 0x03])].map { (name: String, opcode: [UInt8]) in
            Form(name, inSequence: false) { b in
                let number = b.registerNumber()
                b.guest.registers[Int(number)] = b.edgeValue(width: 4) & 0xFFFF_0000 | UInt32(b.random.below(4))
                let field = b.registerNumber()
                b.emit(opcode, width: b.operandWidth(byteToo: false), field: field, .register(number))
            }
        }
        + [("verr", 4), ("verw", 5)].map { (name: String, field: UInt8) in
            Form(name, inSequence: false) { b in
                let number = b.registerNumber()
                b.guest.registers[Int(number)] = b.edgeValue(width: 4) & 0xFFFF_0000 | UInt32(b.random.below(4))
                b.emit([0x0F, 0x00], width: 4, field: field, .register(number))
            }
        }
}
