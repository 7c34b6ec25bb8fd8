import X86

private let shiftNames = ["rol", "ror", "rcl", "rcr", "shl", "shr", "sal", "sar"]

extension Form {
    static let shifts: [Form] =
        (0..<8).map { operation in
            Form(shiftNames[operation], reads: 2...3 ~= operation ? Flags.carry : 0) { b in shift(UInt8(operation), &b)
            }
        } + [
            Form("shld") { b in double(0xA4, &b) },
            Form("shrd") { b in double(0xAC, &b) },
        ]

    private static func shift(_ operation: UInt8, _ b: inout CaseBuilder) {
        let width = b.operandWidth()
        let low: UInt8 = width == 1 ? 0 : 1
        let kind = b.random.below(3)  // by one, by CL, by an immediate
        if kind == 1, !b.isSequence { b.pin(.ecx, to: countRegister(&b)) }
        let immediate = UInt8(truncatingIfNeeded: countRegister(&b))
        let place = b.place(width)
        switch kind {
        case 0: b.emit([0xD0 | low], width: width, field: operation, place)
        case 1: b.emit([0xD2 | low], width: width, field: operation, place)
        default: b.emit([0xC0 | low], width: width, field: operation, place, [immediate])
        }
        let counts: [UInt32?] = [1, b.isSequence ? nil : b.guest.registers[1] & 31, UInt32(immediate) & 31]
        noteFlags(operation, counts[kind], width, &b)
    }

    private static func noteFlags(_ operation: UInt8, _ count: UInt32?, _ width: Int, _ b: inout CaseBuilder) {
        if operation < 4 {
            let undefined = UndefinedFlags.rotate(count: count)
            return b.flags(
                defined: count == 1 ? Flags.carry | Flags.overflow : 0, undefined: b.guest.undefinedFlags | undefined)
        }
        // A count that may be zero leaves undefined what was so before.
        let isCertain = (count ?? 0) > 0
        let undefined = UndefinedFlags.shift(count: count, width: width, arithmetic: operation == 7)
        b.flags(
            defined: isCertain ? Flags.status : 0, undefined: isCertain ? undefined : b.guest.undefinedFlags | undefined
        )
    }

    /// Counts around nought, the operand sizes and the mask, in a register whose other bits mean nothing.
    private static func countRegister(_ b: inout CaseBuilder) -> UInt32 {
        let counts: [UInt32] = [0, 1, 1, 1, 2, 7, 8, 9, 15, 16, 17, 18, 24, 27, 31, 32, 33, 63, 64, 128, 255]
        let low = b.random.oneIn(3) ? b.edgeValue(width: 1) : b.random.pick(counts)
        return b.edgeValue(width: 4) & 0xFFFF_FF00 | low
    }

    /// SHLD and SHRD. The result of a count above the operand's size is undefined, so 16-bit counts end at 16.
    private static func double(_ opcode: UInt8, _ b: inout CaseBuilder) {
        let width = b.operandWidth(byteToo: false)
        let limit = width == 2 ? 17 : 32
        let count = UInt32(b.random.pick([0, 1, b.random.below(limit), b.random.below(limit)]))
        let beyondMask = UInt32(b.random.below(8)) << 5
        let byRegister = !b.isSequence && b.random.oneIn(2)
        if byRegister { b.pin(.ecx, to: b.edgeValue(width: 4) & 0xFFFF_FF00 | beyondMask | count) }
        let place = b.place(width)
        let field = b.registerNumber()
        if byRegister {
            b.emit([0x0F, opcode | 1], width: width, field: field, place)
        } else {
            b.emit([0x0F, opcode], width: width, field: field, place, [UInt8(beyondMask | count)])
        }
        guard count > 0 else { return }
        b.flags(undefined: UndefinedFlags.doubleShift(count: count))
    }
}
