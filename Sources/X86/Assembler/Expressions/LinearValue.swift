/// The value of an expression: a number plus multiples of things that are not numbers until the layout is known
/// (section starts) or at all (registers).
struct LinearValue {
    enum Base: Hashable {
        case register(RegisterName)
        /// Virtual start of a section: what its labels count from.
        case section(Int)
        /// Load address of a section: `section.NAME.start`.
        case sectionLoad(Int)
    }

    struct Term {
        var base: Base
        var coefficient: Int64
        /// Written as a product, `eax*1`: such a register would rather be the index.
        var isScaled: Bool
    }

    var constant: Int64
    var terms: [Term] = []
    /// A forward reference in the first pass: the number is a guess.
    var isUnknown = false

    init(_ constant: Int64, terms: [Term] = [], isUnknown: Bool = false) {
        self.constant = constant
        self.terms = terms
        self.isUnknown = isUnknown
    }

    static let unknown = LinearValue(0, isUnknown: true)

    /// A plain number.
    var isScalar: Bool { terms.isEmpty }

    /// The section that the value lies in, if it is an address: a section's start plus a number.
    var address: Base? {
        guard terms.count == 1, terms[0].coefficient == 1 else { return nil }
        if case .register = terms[0].base { return nil }
        return terms[0].base
    }

    /// What is left of an address in brackets without its registers: the displacement.
    var withoutRegisters: LinearValue {
        guard hasRegisters else { return self }
        var result = self
        result.terms.removeAll { if case .register = $0.base { true } else { false } }
        return result
    }

    var hasRegisters: Bool {
        terms.contains { if case .register = $0.base { true } else { false } }
    }

    func adding(_ other: LinearValue, sign: Int64) -> LinearValue {
        var result = self
        result.constant = constant &+ (other.constant &* sign)
        result.isUnknown = isUnknown || other.isUnknown
        for term in other.terms {
            if let index = result.terms.firstIndex(where: { $0.base == term.base }) {
                result.terms[index].coefficient &+= term.coefficient &* sign
            } else {
                var added = term
                added.coefficient &*= sign
                result.terms.append(added)
            }
        }
        result.terms.removeAll { $0.coefficient == 0 }
        return result
    }

    func scaled(by factor: Int64) -> LinearValue {
        var result = self
        result.constant = constant &* factor
        for index in result.terms.indices {
            result.terms[index].coefficient &*= factor
            result.terms[index].isScaled = true
        }
        result.terms.removeAll { $0.coefficient == 0 }
        return result
    }
}
