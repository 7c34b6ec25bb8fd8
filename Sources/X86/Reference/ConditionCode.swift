/// A condition of Jcc, SETcc and CMOVcc; the raw value is the low four bits of the opcode (SDM vol. 1, appendix B).
public enum ConditionCode: UInt8, CaseIterable, Sendable {
    case overflow, notOverflow, below, notBelow, zero, notZero, notAbove, above
    case sign, notSign, parity, notParity, less, notLess, notGreater, greater

    /// When it holds: flags joined by "and" or "or".
    public var rule: String {
        switch self {
        case .overflow: "OF = 1"
        case .notOverflow: "OF = 0"
        case .below: "CF = 1"
        case .notBelow: "CF = 0"
        case .zero: "ZF = 1"
        case .notZero: "ZF = 0"
        case .notAbove: "CF = 1 or ZF = 1"
        case .above: "CF = 0 and ZF = 0"
        case .sign: "SF = 1"
        case .notSign: "SF = 0"
        case .parity: "PF = 1"
        case .notParity: "PF = 0"
        case .less: "SF <> OF"
        case .notLess: "SF = OF"
        case .notGreater: "ZF = 1 or SF <> OF"
        case .greater: "ZF = 0 and SF = OF"
        }
    }

    /// What it means behind CMP left, right.
    public var meaning: String {
        switch self {
        case .overflow: "the signed result did not fit"
        case .notOverflow: "the signed result fitted"
        case .below: "left is below right, unsigned"
        case .notBelow: "left is above or equal to right, unsigned"
        case .zero: "left equals right"
        case .notZero: "left does not equal right"
        case .notAbove: "left is below or equal to right, unsigned"
        case .above: "left is above right, unsigned"
        case .sign: "the result is negative"
        case .notSign: "the result is not negative"
        case .parity: "the result's low byte has an even number of ones"
        case .notParity: "the result's low byte has an odd number of ones"
        case .less: "left is less than right, signed"
        case .notLess: "left is greater than or equal to right, signed"
        case .notGreater: "left is less than or equal to right, signed"
        case .greater: "left is greater than right, signed"
        }
    }

    /// The condition that Zydis' spelling of a mnemonic ends in: `jnbe`, `setz`, `cmovl`.
    init?(mnemonic: String) {
        let stems = ["cmov", "set", "j"]
        guard let stem = stems.first(where: mnemonic.hasPrefix) else { return nil }
        guard let index = Self.suffixes.firstIndex(of: String(mnemonic.dropFirst(stem.count))) else { return nil }
        self.init(rawValue: UInt8(index))
    }

    private static let suffixes = [
        "o", "no", "b", "nb", "z", "nz", "be", "nbe", "s", "ns", "p", "np", "l", "nl", "le", "nle",
    ]
}
