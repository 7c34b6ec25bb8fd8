import X86

/// An exception as the manual explains it: the checks up to the one that failed, and the error code.
public struct FaultReading: Hashable, Sendable {
    /// A check that was made, and how it went.
    public struct CheckMade: Hashable, Sendable {
        /// What a failure raises: `#GP(n*8+2)`.
        public let notation: String
        /// When it fails, a clause.
        public let condition: String
        /// False for the last one.
        public let isPassed: Bool
    }

    /// What was raised.
    public let exception: Exception
    /// In the order in which the processor makes them; the last one failed.
    public let checks: [CheckMade]
    /// `nil` for an exception that pushes none.
    public let errorCode: ErrorCode?
    /// The entries of page tables that were read for the address, if it is a page fault.
    public let pageWalk: [ZoomFact]

    /// `#GP(010Ah)`, `#UD`.
    public var name: String {
        let code = exception.errorCode.map { "(\(NumberFormat.manual($0)))" } ?? ""
        return exception.vector.mnemonic + code
    }

    /// - Parameters:
    ///   - rules: the checks of the instruction that was executed, in order.
    ///   - effects: what it did before.
    init(_ exception: Exception, rules: [FaultRule], after effects: [Effect], _ writer: FactWriter) {
        self.exception = exception
        errorCode = ErrorCode(exception)
        checks = exception.vector == .pageFault ? Self.page(exception) : Self.made(exception, rules, effects)
        pageWalk = exception.vector == .pageFault ? Self.walk(effects, writer) : []
    }

    // MARK: An instruction's own checks

    private static func made(_ exception: Exception, _ rules: [FaultRule], _ effects: [Effect]) -> [CheckMade] {
        let matching = rules.indices.filter {
            rules[$0].check == exception.check && rules[$0].vector == exception.vector
        }
        guard let failed = isLateCheck(effects) ? matching.last : matching.first else {
            return [
                CheckMade(notation: exception.vector.mnemonic, condition: exception.check.explanation, isPassed: false)
            ]
        }
        let situation = rules[failed].situation
        let before = rules[..<failed].filter { rule in
            rule.vector != .debug && (rule.situation == nil || rule.situation == situation)
        }
        return before.map { CheckMade($0, isPassed: true) } + [CheckMade(rules[failed], isPassed: false)]
    }

    /// Of two checks alike, the second is about the stack that an outer ring gets: it was read from the frame by then.
    private static func isLateCheck(_ effects: [Effect]) -> Bool {
        var sawDescriptor = false
        for case .read(_, _, _, let purpose) in effects {
            if purpose == .descriptor { sawDescriptor = true }
            if purpose == .operand, sawDescriptor { return true }
        }
        return false
    }

    // MARK: The checks of a page

    private static func page(_ exception: Exception) -> [CheckMade] {
        let isUser = (exception.errorCode ?? 0) & 4 != 0
        let order: [Check] = [.pageAbsent, .pageReservedBit, .pageIsSupervisor, .pageIsReadOnly]
        let made = order.filter { isUser || $0 != .pageIsSupervisor }
        guard let failed = made.firstIndex(of: exception.check) else { return [] }
        return made[...failed].enumerated().map { index, check in
            CheckMade(notation: "#PF(code)", condition: check.explanation, isPassed: index < failed)
        }
    }

    /// The last walk: everything behind the last effect that is none.
    private static func walk(_ effects: [Effect], _ writer: FactWriter) -> [ZoomFact] {
        let tail = effects.reversed().prefix { if case .pageWalk = $0 { true } else { false } }
        let entries = Array(tail.prefix(2).reversed())
        return zip(["PDE", "PTE"], entries).compactMap { level, effect in
            writer.fact(effect).map {
                ZoomFact($0.kind, "\(level) at physical \(writer.entry(of: effect))", $0.value, $0.meaning)
            }
        }
    }
}

extension FaultReading.CheckMade {
    fileprivate init(_ rule: FaultRule, isPassed: Bool) {
        self.init(notation: rule.notation, condition: rule.condition, isPassed: isPassed)
    }
}

extension FaultRule {
    /// `to an outer ring`, where the condition begins with such a case and a colon.
    fileprivate var situation: String? {
        condition.firstIndex(of: ":").map { String(condition[..<$0]) }
    }
}
