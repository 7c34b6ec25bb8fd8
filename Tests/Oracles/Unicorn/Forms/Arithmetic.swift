import X86

private let binaryNames = ["add", "or", "adc", "sbb", "and", "sub", "xor", "cmp"]
private let add = 0, or = 1, adc = 2, sbb = 3, and = 4, sub = 5, xor = 6, cmp = 7

extension Form {
    static let arithmetic: [Form] =
        (0..<8).flatMap(binary) + [
            Form("test") { b in
                let width = b.operandWidth()
                b.flags(undefined: UndefinedFlags.logic)
                if b.random.oneIn(4) { return b.emit([width == 1 ? 0xA8 : 0xA9], width: width, b.immediate(width)) }
                let place = b.place(width, isWritten: false)
                if b.random.oneIn(2) {
                    let field = b.registerNumber()
                    return b.emit(
                        [width == 1 ? 0x84 : 0x85], width: width, field: field, place,
                        prefixes: b.lock(place, legal: false))
                }
                let immediate = b.immediate(width)
                // /1 does the same on every processor, but Intel's manual leaves it empty and Unicorn refuses it.
                b.emit([width == 1 ? 0xF6 : 0xF7], width: width, field: 0, place, immediate)
            },
            Form(["inc", "dec"]) { b in
                let operation = UInt8(b.random.below(2))
                let width = b.operandWidth()
                b.flags(defined: Flags.status & ~Flags.carry)
                if width > 1, b.random.oneIn(3) {
                    return b.emit([0x40 | operation << 3 | b.registerNumber()], width: width)
                }
                let place = b.place(width)
                b.emit([width == 1 ? 0xFE : 0xFF], width: width, field: operation, place, prefixes: b.lock(place))
            },
            Form("not") { b in
                let width = b.operandWidth()
                let place = b.place(width)
                b.emit([width == 1 ? 0xF6 : 0xF7], width: width, field: 2, place, prefixes: b.lock(place))
            },
            Form("neg") { b in
                b.flags()
                let width = b.operandWidth()
                let place = b.place(width)
                // With LOCK, Unicorn's flags describe the old value.
                let lock = place.isMemory ? [] : b.lock(place)
                b.emit([width == 1 ? 0xF6 : 0xF7], width: width, field: 3, place, prefixes: lock)
            },
        ]

    /// The eight operations share their encodings, 8 opcodes apart.
    private static func binary(_ operation: Int) -> [Form] {
        let opcode = UInt8(operation) << 3
        let reads = operation == adc || operation == sbb ? Flags.carry : 0
        let undefined = [or, and, xor].contains(operation) ? UndefinedFlags.logic : 0
        return [
            Form(binaryNames[operation], reads: reads) { b in
                let width = b.operandWidth()
                b.flags(undefined: undefined)
                let toRegister: UInt8 = b.random.oneIn(2) ? 2 : 0
                let place = b.place(width, isWritten: toRegister == 0 && operation != cmp)
                let field = b.registerNumber()
                let lock = b.lock(place, legal: toRegister == 0 && operation != cmp)
                b.emit([opcode | toRegister | (width == 1 ? 0 : 1)], width: width, field: field, place, prefixes: lock)
            },
            Form(binaryNames[operation], reads: reads) { b in
                let width = b.operandWidth()
                b.flags(undefined: undefined)
                let immediate = b.immediate(width)
                if b.random.oneIn(4) {
                    return b.emit([opcode | (width == 1 ? 4 : 5)], width: width, immediate)
                }
                let place = b.place(width, isWritten: operation != cmp)
                let lock = b.lock(place, legal: operation != cmp)
                let field = UInt8(operation)
                // 82h is an alias of 80h; 83h extends its byte.
                if width == 1 {
                    let code: UInt8 = b.random.oneIn(4) ? 0x82 : 0x80
                    return b.emit([code], width: 1, field: field, place, prefixes: lock, immediate)
                }
                let isShort = b.random.oneIn(2)
                b.emit(
                    [isShort ? 0x83 : 0x81], width: width, field: field, place, prefixes: lock,
                    isShort ? Array(immediate.prefix(1)) : immediate)
            },
        ]
    }
}
