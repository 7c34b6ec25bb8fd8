import X86

/// The breakpoints of one machine: which there are, and which of them stop a run now.
///
/// It knows no machine: a run tells it what is about to execute and what an instruction did, forwards or backwards.
public struct BreakpointTable: Sendable {
    /// In ascending order of their numbers.
    public private(set) var breakpoints: [Breakpoint] = []
    /// Where enabled ones wait for execution, for a test at each step.
    private var codeAddresses: Set<UInt32> = []
    /// Whether memory accesses must be observed at all.
    public private(set) var watchesData = false

    /// As many as a kernel debugger keeps.
    public static let most = 32

    /// No breakpoints.
    public init() {}

    /// The breakpoint of that number.
    public func breakpoint(_ id: Int) -> Breakpoint? { breakpoints.first { $0.id == id } }

    /// Sets a breakpoint. One of the same kind at the same address is replaced and keeps its number.
    /// - Throws: what is wrong with the request, or that there are too many.
    @discardableResult
    public mutating func set(_ request: BreakpointRequest) throws(BreakpointError) -> Breakpoint {
        try request.check()
        let known = breakpoints.firstIndex { $0.address == request.address && $0.access == request.access }
        guard known != nil || breakpoints.count < Self.most else {
            throw BreakpointError("there are \(Self.most) breakpoints already", note: "bc clears one, bc * all")
        }
        let breakpoint = Breakpoint(id: known.map { breakpoints[$0].id } ?? freeNumber, request)
        breakpoints.removeAll { $0.id == breakpoint.id }
        breakpoints.append(breakpoint)
        breakpoints.sort { $0.id < $1.id }
        refresh()
        return breakpoint
    }

    /// Removes the breakpoints of these numbers.
    public mutating func clear(_ ids: some Sequence<Int>) {
        let ids = Set(ids)
        breakpoints.removeAll { ids.contains($0.id) }
        refresh()
    }

    /// Lets the breakpoints of these numbers count or not.
    public mutating func enable(_ ids: some Sequence<Int>, _ isEnabled: Bool) {
        let ids = Set(ids)
        for index in breakpoints.indices where ids.contains(breakpoints[index].id) {
            breakpoints[index].isEnabled = isEnabled
        }
        refresh()
    }

    private var freeNumber: Int {
        let used = Set(breakpoints.map(\.id))
        return (0...Self.most).first { !used.contains($0) } ?? Self.most
    }

    private mutating func refresh() {
        let enabled = breakpoints.filter(\.isEnabled)
        codeAddresses = Set(enabled.filter { $0.access == .execute }.map(\.address))
        watchesData = enabled.contains { $0.access != .execute }
    }
}

/// A breakpoint that stops a run.
public struct BreakpointHit: Hashable, Sendable {
    /// Its number.
    public let id: Int
    /// Why its condition could not be evaluated: then it stops, rather than be passed over in silence.
    public let conditionError: String?
}

extension BreakpointTable {
    /// The breakpoints that stop before the instruction at an address; each time counts as one of their passes.
    public mutating func hits(before address: UInt32, in context: some EvaluationContext) -> [BreakpointHit] {
        guard codeAddresses.contains(address) else { return [] }
        return stops(in: context) { $0.access == .execute && $0.address == address }
    }

    /// The watchpoints that stop after an instruction with these effects; each time counts as one of their passes.
    public mutating func hits(after effects: [Effect], in context: some EvaluationContext) -> [BreakpointHit] {
        guard watchesData, !effects.isEmpty else { return [] }
        return stops(in: context) { $0.access != .execute && effects.contains(where: $0.isTouched) }
    }

    private mutating func stops(
        in context: some EvaluationContext, where isReached: (Breakpoint) -> Bool
    ) -> [BreakpointHit] {
        var hits: [BreakpointHit] = []
        for index in breakpoints.indices where breakpoints[index].isEnabled && isReached(breakpoints[index]) {
            let verdict = Self.verdict(on: breakpoints[index].condition, in: context)
            guard verdict.holds else { continue }
            guard breakpoints[index].passesLeft <= 1 else {
                breakpoints[index].passesLeft -= 1
                continue
            }
            hits.append(BreakpointHit(id: breakpoints[index].id, conditionError: verdict.error))
        }
        let ids = Set(hits.map(\.id))
        clear(breakpoints.filter { ids.contains($0.id) && $0.isOneShot }.map(\.id))
        return hits
    }

    private static func verdict(
        on condition: Expression?, in context: some EvaluationContext
    ) -> (holds: Bool, error: String?) {
        guard let condition else { return (true, nil) }
        do throws(ExpressionError) { return (try condition.evaluate(in: context) != 0, nil) } catch {
            return (true, "\(error)")
        }
    }
}
