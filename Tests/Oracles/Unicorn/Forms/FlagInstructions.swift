import X86

extension Form {
    static let flagInstructions: [Form] =
        [
            Form("clc") { b in
                b.flags(defined: Flags.carry)
                b.emit([0xF8])
            },
            Form("stc") { b in
                b.flags(defined: Flags.carry)
                b.emit([0xF9])
            },
            Form("cmc", reads: Flags.carry) { b in b.emit([0xF5]) },
            Form("cld") { b in b.emit([0xFC]) },
            Form("std") { b in b.emit([0xFD]) },
            Form("lahf", reads: Flags.status & ~Flags.overflow) { b in b.emit([0x9F]) },
            Form("sahf") { b in
                b.flags(defined: Flags.status & ~Flags.overflow)
                b.emit([0x9E])
            },
            Form("salc", reads: Flags.carry) { b in b.emit([0xD6]) },
            // With OF it is an interrupt, which Unicorn does not deliver.
            Form("into", inSequence: false) { b in
                b.guest.eflags &= ~Flags.overflow
                b.emit([0xCE])
            },
            Form("pushf", reads: Flags.status) { b in b.emit([0x9C], width: b.operandWidth(byteToo: false)) },
            Form("popf", inSequence: false) { b in
                b.guest.eflags |= UInt32(b.random.below(4)) << 12
                // TF would trap behind the instruction, VM would leave protected mode if it could.
                let image = b.edgeValue(width: 4) & ~(Flags.trap | Flags.virtual8086)
                b.put(b.littleEndian(image, 4), at: b.guest.registers[Int(Register.esp.rawValue)])
                b.emit([0x9D], width: b.operandWidth(byteToo: false))
            },
        ]
        + [("cli", 0xFA), ("sti", 0xFB)].map { (name: String, opcode: UInt8) in
            Form(name, inSequence: false) { b in
                b.guest.eflags |= UInt32(b.random.below(4)) << 12
                b.guest.eflags &= b.random.oneIn(2) ? ~Flags.interrupt : .max
                b.emit([opcode])
            }
        }
}
