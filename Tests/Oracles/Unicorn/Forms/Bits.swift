import X86

extension Form {
    static let bits: [Form] =
        [("bt", 0), ("bts", 1), ("btr", 2), ("btc", 3)].flatMap { (name: String, change: UInt8) in
            [
                Form(name) { b in
                    let width = b.operandWidth(byteToo: false)
                    b.flags(defined: Flags.status & ~Flags.zero, undefined: undefined(b))
                    let place = b.place(width, isWritten: change > 0)
                    let bit = b.immediate(1)
                    b.emit(
                        [0x0F, 0xBA], width: width, field: 4 | change, place,
                        prefixes: b.lock(place, legal: change > 0), bit)
                },
                Form(name, inSequence: false) { b in testByRegister(change, &b) },
            ]
        } + [
            Form("bsf") { b in scan(0xBC, &b) },
            Form("bsr") { b in scan(0xBD, &b) },
            // BSWAP of a 16-bit register is undefined.
            Form("bswap") { b in b.emit([0x0F, 0xC8 | b.registerNumber()]) },
        ]

    private static func undefined(_ b: CaseBuilder) -> UInt32 {
        UndefinedFlags.bitTest | b.guest.undefinedFlags & Flags.zero
    }

    /// A register reaches bits far from the operand's address, in both directions.
    private static func testByRegister(_ change: UInt8, _ b: inout CaseBuilder) {
        let width = b.operandWidth(byteToo: false)
        b.flags(defined: Flags.status & ~Flags.zero, undefined: undefined(b))
        let number = b.registerNumber()
        if let register = Register(rawValue: number), b.random.oneIn(2) {
            let bit = Int32(b.random.below(0x2000)) - 0x1000
            b.pin(register, to: UInt32(bitPattern: bit))
        } else {
            b.pinned.insert(number)
        }
        let place = b.place(width, isWritten: change > 0)
        let lock = b.lock(place, legal: change > 0)
        b.emit([0x0F, 0xA3 | change << 3], width: width, field: number, place, prefixes: lock)
    }

    private static func scan(_ opcode: UInt8, _ b: inout CaseBuilder) {
        let width = b.operandWidth(byteToo: false)
        b.flags(undefined: UndefinedFlags.bitScan)
        let place = b.place(width, isWritten: false)
        let field = b.registerNumber()
        b.emit([0x0F, opcode], width: width, field: field, place)
    }
}
