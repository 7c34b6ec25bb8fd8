import X86

extension Form {
    static let exchange: [Form] = [
        Form("xchg") { b in
            let width = b.operandWidth()
            if width > 1, b.random.oneIn(3) { return b.emit([0x90 | b.registerNumber()], width: width) }
            let place = b.place(width)
            let field = b.registerNumber()
            b.emit([width == 1 ? 0x86 : 0x87], width: width, field: field, place, prefixes: b.lock(place))
        },
        Form("xadd") { b in
            let width = b.operandWidth()
            b.flags()
            let place = b.place(width)
            let field = b.registerNumber()
            b.emit([0x0F, width == 1 ? 0xC0 : 0xC1], width: width, field: field, place, prefixes: b.lock(place))
        },
        Form("cmpxchg") { b in
            let width = b.operandWidth()
            b.flags()
            let place = b.place(width)
            if let address = place.address, b.random.oneIn(2) {
                b.put(b.littleEndian(b.guest.registers[0], width), at: address)
            }
            let field = b.registerNumber()
            b.emit([0x0F, width == 1 ? 0xB0 : 0xB1], width: width, field: field, place, prefixes: b.lock(place))
        },
        // Behind other arithmetic Unicorn takes PF, SF and the like from something older.
        Form("cmpxchg8b", inSequence: false) { b in
            b.flags(defined: Flags.zero)
            let operand = b.memoryOperand(8)
            if b.random.oneIn(2) {
                b.put(
                    b.littleEndian(b.guest.registers[0], 4) + b.littleEndian(b.guest.registers[2], 4),
                    at: operand.address)
            }
            b.emit([0x0F, 0xC7], width: 4, field: 1, .memory(operand), prefixes: b.lock(.memory(operand)))
        },
    ]
}
