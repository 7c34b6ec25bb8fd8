import X86

extension Form {
    static let decimal: [Form] = [
        Form("aaa", reads: Flags.adjust) { b in
            b.flags(undefined: UndefinedFlags.unpackedAdjust)
            b.emit([0x37])
        },
        Form("aas", reads: Flags.adjust) { b in
            b.flags(undefined: UndefinedFlags.unpackedAdjust)
            b.emit([0x3F])
        },
        Form("daa", reads: Flags.adjust | Flags.carry) { b in
            b.flags(undefined: UndefinedFlags.packedAdjust)
            b.emit([0x27])
        },
        Form("das", reads: Flags.adjust | Flags.carry) { b in
            b.flags(undefined: UndefinedFlags.packedAdjust)
            b.emit([0x2F])
        },
        Form("aam") { b in
            b.flags(undefined: UndefinedFlags.unpackedConvert)
            b.emit([0xD4], [base(&b)])
        },
        Form("aad") { b in
            b.flags(undefined: UndefinedFlags.unpackedConvert)
            b.emit([0xD5], [base(&b)])
        },
    ]

    private static func base(_ b: inout CaseBuilder) -> UInt8 {
        b.random.oneIn(2) ? 10 : UInt8(b.edgeValue(width: 1))
    }
}
