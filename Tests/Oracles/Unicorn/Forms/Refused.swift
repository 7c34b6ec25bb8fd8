import X86

/// Instructions of ring 0, and bytes that are none: general protection or an invalid opcode.
extension Form {
    static let refused: [Form] =
        [
            ("hlt", [0xF4]), ("clts", [0x0F, 0x06]), ("invd", [0x0F, 0x08]), ("wbinvd", [0x0F, 0x09]),
            ("rdmsr", [0x0F, 0x32]), ("wrmsr", [0x0F, 0x30]), ("ud2", [0x0F, 0x0B]),
        ].map { (name: String, code: [UInt8]) in Form(name, inSequence: false) { b in b.emit(code) } }
        + [("lgdt", 2), ("lidt", 3), ("lmsw", 6), ("invlpg", 7)].map { (name: String, field: UInt8) in
            Form(name, inSequence: false) { b in
                let operand = b.memoryOperand(6, isWritten: false)
                b.emit([0x0F, 0x01], width: 4, field: field, .memory(operand))
            }
        }
        + [
            Form("mov", inSequence: false) { b in
                let number = b.registerNumber()
                b.emit(
                    [0x0F, 0x20 | (b.random.oneIn(2) ? 2 : 0)], width: 4, field: b.random.pick([0, 2, 3, 4]),
                    .register(number))
            },
            Form("mov", inSequence: false) { b in
                let number = b.registerNumber()
                b.emit(
                    [0x0F, 0x21 | (b.random.oneIn(2) ? 2 : 0)], width: 4, field: b.random.pick([0, 1, 2, 3, 6, 7]),
                    .register(number))
            },
            // Register operands where only memory makes sense.
            Form(["lea", "les", "cmpxchg8b", "lgdt"], inSequence: false) { b in
                let opcodes: [([UInt8], UInt8)] = [
                    ([0x8D], b.registerNumber()), ([0x0F, 0xC7], 1), ([0x0F, 0xB4], 0),
                ]
                let (opcode, field) = b.random.pick(opcodes)
                let number = b.registerNumber()
                b.emit(opcode, width: 4, field: field, .register(number))
            },
            // LOCK where it is never legal.
            Form(["lock"], inSequence: false) { b in
                b.guest.isInvalidOpcode = true
                b.emit(
                    [0xF0],
                    b.random.pick([[0x90], [0x40], [0xA4], [0xC3], [0x8B, 0x03], [0x0F, 0xA3, 0x03], [0xFF, 0x33]]))
            },
        ]
}
