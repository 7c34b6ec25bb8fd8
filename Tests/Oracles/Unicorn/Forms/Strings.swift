import X86

extension Form {
    static let strings: [Form] =
        [("movs", 0xA4), ("cmps", 0xA6), ("stos", 0xAA), ("lods", 0xAC), ("scas", 0xAE)].map {
            (name: String, opcode: UInt8) in
            Form(name, inSequence: false) { b in string(opcode, &b) }
        }

    private static func string(_ opcode: UInt8, _ b: inout CaseBuilder) {
        let width = b.operandWidth()
        let narrow = b.random.oneIn(3)
        let compares = opcode == 0xA6 || opcode == 0xAE
        if compares { b.flags() }
        let source = pointer(.esi, width, narrow, &b)
        let destination = pointer(.edi, width, narrow, &b)
        var prefixes: [UInt8] = narrow ? [0x67] : []
        if !b.random.oneIn(3) {
            prefixes.append(b.random.pick([0xF2, 0xF3]))
            b.guest.isSingle = false
            b.pin(.ecx, to: count(narrow, &b))
            // With a count of 0 the flags stay as they were: all of them are compared in either case.
            if compares { equalStretch(source, destination, opcode, width, &b) }
        }
        if b.random.oneIn(4) { prefixes.append(b.segmentPrefix(isWritten: false)) }
        b.emit([width == 1 ? opcode : opcode | 1], width: width, prefixes: prefixes)
    }

    /// Where ESI or EDI points; with 16-bit addresses its upper half means nothing.
    private static func pointer(_ register: Register, _ width: Int, _ narrow: Bool, _ b: inout CaseBuilder) -> UInt32 {
        var address = b.operandAddress(width)
        if narrow { address &= 0xFFFF }
        b.pin(register, to: narrow ? b.edgeValue(width: 4) & 0xFFFF_0000 | address : address)
        return address
    }

    private static func count(_ narrow: Bool, _ b: inout CaseBuilder) -> UInt32 {
        let upper = narrow ? b.edgeValue(width: 4) & 0xFFFF_0000 : 0
        return upper | b.random.pick([0, 1, 2, 3, 7, UInt32(b.random.below(40)), UInt32(b.random.below(3000)), 0xFFFF])
    }

    /// Makes comparisons go on for a while, upwards: a constant run for SCAS, the same bytes twice for CMPS.
    private static func equalStretch(
        _ source: UInt32, _ destination: UInt32, _ opcode: UInt8, _ width: Int, _ b: inout CaseBuilder
    ) {
        let rounds = b.random.below(6)
        let item = b.littleEndian(b.guest.registers[0], width)
        let bytes = (0..<rounds).flatMap { _ in item }
        b.put(bytes, at: destination)
        if opcode == 0xA6 { b.put(bytes, at: source) }
    }
}
