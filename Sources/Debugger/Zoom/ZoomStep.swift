import X86

/// One of the things that happen inside an instruction: the manual's rule, and what was seen of it this time.
public struct ZoomStep: Hashable, Sendable {
    /// The rule, as the instruction's page declares it; `nil` for what no page tells.
    public let rule: String?
    /// What happened.
    public internal(set) var facts: [ZoomFact]
}

/// Sorts effects under the steps that an instruction's page declares.
struct StepAlignment {
    private let declared: [MicroStep]
    private let writer: FactWriter
    private var seen: [[ZoomFact]]
    /// Facts that no declared step explains, by the step that they come after; -1 before the first.
    private var loose: [Int: [ZoomFact]] = [:]
    private var cursor = -1
    private var descriptor: UInt32?
    /// What the values are called that are still to be pushed.
    private var labels: ArraySlice<String>

    /// - Parameters:
    ///   - declared: from the instruction's page.
    ///   - pushed: how many of the declared pushes happen; without a change of ring the first ones do not.
    ///   - labels: what these values are called, if they are a gate's frame.
    init(_ declared: [MicroStep], pushed: Int, labels: [String] = [], _ writer: FactWriter) {
        self.declared = Self.dropping(declared, pushesLeft: pushed)
        self.labels = labels.suffix(pushed)
        self.writer = writer
        seen = Array(repeating: [], count: self.declared.count)
    }

    private static func dropping(_ steps: [MicroStep], pushesLeft: Int) -> [MicroStep] {
        var surplus = steps.count { $0.access == .write } - pushesLeft
        return steps.filter { step in
            guard step.access == .write, surplus > 0 else { return true }
            surplus -= 1
            return false
        }
    }

    mutating func add(_ effect: Effect) {
        guard let fact = pushed(effect) ?? writer.fact(effect) else { return }
        guard let step = step(for: effect) else { return loose[cursor, default: []].append(fact) }
        seen[step].append(fact)
    }

    private mutating func pushed(_ effect: Effect) -> ZoomFact? {
        guard case .write(let address, let size, _, let value) = effect, address != descriptor.map({ $0 &+ 5 }),
            let label = labels.popFirst()
        else { return nil }
        return writer.push(value, size, to: address, label)
    }

    /// The steps that left a trace, in the declared order.
    /// - Parameter isWhole: the instruction came to its end, so steps that leave no trace were done as well.
    func steps(isWhole: Bool) -> [ZoomStep] {
        let first = unexplained(after: -1)
        return declared.indices.reduce(into: first) { steps, index in
            let step = declared[index]
            let isSilent = step.access == nil && step.acts.isEmpty
            if !seen[index].isEmpty || isSilent && isWhole {
                steps.append(ZoomStep(rule: step.text, facts: seen[index]))
            }
            steps += unexplained(after: index)
        }
    }

    private func unexplained(after index: Int) -> [ZoomStep] {
        loose[index, default: []].map { ZoomStep(rule: nil, facts: [$0]) }
    }

    /// Accesses go forward from step to step; everything else belongs to the step that speaks of it.
    private mutating func step(for effect: Effect) -> Int? {
        switch effect {
        case .read(let address, _, _, let purpose):
            if purpose == .descriptor { descriptor = address }
            return advance(to: .read(purpose))
        case .write(let address, _, _, _):
            if let descriptor, address == descriptor &+ 5 { return cursor >= 0 ? cursor : nil }
            return advance(to: .write)
        default: return declared.firstIndex { $0.acts.contains { $0.covers(effect) } }
        }
    }

    private mutating func advance(to access: MicroStep.Access) -> Int? {
        let next = declared.indices.dropFirst(cursor + 1).first { declared[$0].access == access }
        if let next { cursor = next }
        return next
    }
}

extension MicroStep.Act {
    fileprivate func covers(_ effect: Effect) -> Bool {
        switch (self, effect) {
        case (.gateCheck, .checkGate), (.gateCheck, .checkCallGate), (.gateCheck, .checkTaskGate),
            (.modelSpecific, .readMSR), (.stackPointer, .switchStack), (.ring, .changeRing), (.flags, .changeFlags):
            true
        case (.codeSegment, .loadSegment(let name, _, _, _, _, _)): name == .cs
        case (.stackSegment, .loadSegment(let name, _, _, _, _, _)): name == .ss
        case (.dataSegments, .loadSegment(let name, _, _, _, _, _)): name != .cs && name != .ss
        default: false
        }
    }
}
