import X86

/// The flags that the manual leaves undefined: "Flags Affected" of each instruction in SDM vol. 2.
enum UndefinedFlags {
    /// AND, OR, XOR, TEST.
    static let logic = Flags.adjust
    /// MUL, IMUL.
    static let multiplication = Flags.sign | Flags.zero | Flags.adjust | Flags.parity
    /// DIV, IDIV.
    static let division = Flags.status
    /// BT, BTS, BTR, BTC. ZF is unaffected.
    static let bitTest = Flags.overflow | Flags.sign | Flags.adjust | Flags.parity
    /// BSF, BSR.
    static let bitScan = Flags.status & ~Flags.zero
    /// AAA, AAS.
    static let unpackedAdjust = Flags.overflow | Flags.sign | Flags.zero | Flags.parity
    /// AAM, AAD.
    static let unpackedConvert = Flags.overflow | Flags.adjust | Flags.carry
    /// DAA, DAS.
    static let packedAdjust = Flags.overflow

    /// SHL, SHR, SAR: nothing for a count of 0; AF always; OF unless the count is 1; CF of SHL and SHR if the count
    /// is the operand's size or more.
    /// - Parameters:
    ///   - count: after masking with 1Fh; `nil` if it is not known.
    ///   - width: of the operand, in bytes.
    static func shift(count: UInt32?, width: Int, arithmetic: Bool) -> UInt32 {
        guard let count else { return Flags.adjust | Flags.overflow | (arithmetic ? 0 : Flags.carry) }
        guard count > 0 else { return 0 }
        let carry = count >= UInt32(width) * 8 && !arithmetic ? Flags.carry : 0
        return Flags.adjust | (count == 1 ? 0 : Flags.overflow) | carry
    }

    /// ROL, ROR, RCL, RCR: OF unless the count is 1; the others are unaffected.
    static func rotate(count: UInt32?) -> UInt32 {
        switch count {
        case 0, 1: 0
        default: Flags.overflow
        }
    }

    /// SHLD, SHRD: as a shift; counts above the operand's size, which leave everything undefined, are not generated.
    static func doubleShift(count: UInt32) -> UInt32 {
        count == 0 ? 0 : Flags.adjust | (count == 1 ? 0 : Flags.overflow)
    }
}
