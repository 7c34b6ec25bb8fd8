/// A check that an instruction makes, and the exception that a failure raises.
public struct FaultRule: Hashable, Sendable {
    /// What the handler finds above its return address.
    public enum ErrorCode: Hashable, Sendable {
        /// The exception pushes no error code.
        case none
        case zero
        /// The selector that failed, without its RPL.
        case selector
        /// An IDT entry: the vector times 8, plus 2.
        case gate
        /// The bits of a page fault: P, W/R, U/S, RSVD.
        case page
    }

    /// Which exception.
    public let vector: Exception.Vector
    /// What it pushes.
    public let errorCode: ErrorCode
    /// What an exception that this check raises carries in ``Exception/check``.
    public let check: Check
    /// When the check fails, as a clause without a full stop: "CPL is not 0".
    public let condition: String

    private init(_ vector: Exception.Vector, _ errorCode: ErrorCode, _ check: Check, _ condition: String?) {
        self.vector = vector
        self.errorCode = errorCode
        self.check = check
        self.condition = condition ?? check.explanation
    }

    /// The manuals' notation: `#GP(0)`, `#NP(selector)`, `#UD`.
    public var notation: String {
        switch errorCode {
        case .none: vector.mnemonic
        case .zero: "\(vector.mnemonic)(0)"
        case .selector: "\(vector.mnemonic)(selector)"
        case .gate: "\(vector.mnemonic)(n*8+2)"
        case .page: "\(vector.mnemonic)(code)"
        }
    }
}

extension FaultRule {
    static let ringZero = protection(.ringZeroOnly, "CPL is not 0")
    static let memoryOnly = undefined(.memoryOperandOnly, "the operand is a register")
    static let branchLimit = protection(.codeLimit, "the target lies outside the code segment's limit")
    static let port = protection(
        .inputOutputPrivilege, "CPL is greater than IOPL, and the TSS has no bitmap or a 1 for the port in it")
    static let sensitive = protection(.inputOutputPrivilege, "CPL is greater than IOPL")

    static func undefined(_ check: Check, _ condition: String? = nil) -> FaultRule {
        FaultRule(.invalidOpcode, .none, check, condition)
    }

    static func protection(_ check: Check, _ condition: String? = nil) -> FaultRule {
        FaultRule(.generalProtection, .zero, check, condition)
    }

    /// #GP with the selector that failed.
    static func segment(_ check: Check, _ condition: String? = nil) -> FaultRule {
        FaultRule(.generalProtection, .selector, check, condition)
    }

    static func coded(
        _ vector: Exception.Vector, _ errorCode: ErrorCode, _ check: Check, _ condition: String? = nil
    ) -> FaultRule {
        FaultRule(vector, errorCode, check, condition)
    }

    /// Exceptions that push nothing beyond the return address.
    static func plain(_ vector: Exception.Vector, _ check: Check, _ condition: String? = nil) -> FaultRule {
        FaultRule(vector, .none, check, condition)
    }
}
