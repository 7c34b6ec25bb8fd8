import X86

extension Form {
    static let multiplication: [Form] = [
        Form("mul") { b in wide(4, &b) },
        Form("imul") { b in wide(5, &b) },
        Form("imul") { b in
            let width = b.operandWidth(byteToo: false)
            b.flags(undefined: UndefinedFlags.multiplication)
            let place = b.place(width, isWritten: false)
            let field = b.registerNumber()
            b.emit([0x0F, 0xAF], width: width, field: field, place)
        },
        Form("imul") { b in
            let width = b.operandWidth(byteToo: false)
            b.flags(undefined: UndefinedFlags.multiplication)
            let place = b.place(width, isWritten: false)
            let isShort = b.random.oneIn(2)
            let immediate = b.immediate(isShort ? 1 : width)
            let field = b.registerNumber()
            b.emit([isShort ? 0x6B : 0x69], width: width, field: field, place, immediate)
        },
        Form("div") { b in divide(6, &b) },
        Form("idiv") { b in divide(7, &b) },
        Form(["cbw", "cwde"]) { b in b.emit([0x98], width: b.operandWidth(byteToo: false)) },
        Form(["cwd", "cdq"]) { b in b.emit([0x99], width: b.operandWidth(byteToo: false)) },
    ]

    private static func wide(_ field: UInt8, _ b: inout CaseBuilder) {
        let width = b.operandWidth()
        b.flags(undefined: UndefinedFlags.multiplication)
        let place = b.place(width, isWritten: false)
        b.emit([width == 1 ? 0xF6 : 0xF7], width: width, field: field, place)
    }

    /// The upper half of the dividend is mostly small, or a sign, because otherwise every quotient overflows.
    private static func divide(_ field: UInt8, _ b: inout CaseBuilder) {
        let width = b.operandWidth()
        b.flags(undefined: UndefinedFlags.division)
        if !b.isSequence, !b.random.oneIn(5) {
            let upper = b.random.pick([0, 0, 1, 2, UInt32.max, UInt32.max, 0x7F, 0x4000])
            if width == 1 {
                b.pin(.eax, to: b.edgeValue(width: 1) | upper << 8)
            } else {
                b.pin(.edx, to: upper)
                b.pin(.eax)
            }
        }
        let place = b.place(width, isWritten: false)
        b.emit([width == 1 ? 0xF6 : 0xF7], width: width, field: field, place)
    }
}
