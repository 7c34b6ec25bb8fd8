import X86

/// An executed instruction opened into its micro-steps: what was read, checked and pushed, each with the manual's rule.
public struct Zoom: Sendable {
    /// A stretch of what happened.
    public enum Part: Sendable {
        /// The instruction itself, as far as it came.
        case inside([ZoomStep])
        /// An exception that stopped it, or that came with it.
        case fault(FaultReading)
        /// The way into a handler.
        case delivery(Delivery)
        /// The processor stopped: a triple fault.
        case shutdown
    }

    /// The instruction that was executed.
    public let step: TraceStep
    /// One sentence without a full stop that says what such an instruction does; `nil` without a page for it.
    public let summary: String?
    /// In order.
    public let parts: [Part]
    /// What all of it touched.
    public let counts: AccessCounts
    /// What the other doors between the rings cost; empty for an instruction that is no door.
    public let others: [DoorCost]
    /// Where the manuals describe it.
    public let sources: [String]

    /// - Parameters:
    ///   - step: a step that has been executed.
    ///   - names: of the machine that executed it.
    public init(_ step: TraceStep, names: PlaceNames) {
        let reader = ZoomReader(step, names)
        self.step = step
        summary = reader.entry?.summary
        parts = reader.parts
        counts = AccessCounts(step.effects)
        others = step.exception == nil ? DoorCost.others(than: step.code.mnemonic) : []
        sources = reader.entry?.sources.map(\.citation) ?? []
    }
}

/// Cuts a step's effects at its exceptions, and finds the page that explains each piece.
private struct ZoomReader {
    let step: TraceStep
    let writer: FactWriter
    let entries: [InstructionEntry]

    init(_ step: TraceStep, _ names: PlaceNames) {
        self.step = step
        writer = FactWriter(names: names, stack: step.before[.esp])
        entries = InstructionReference.named(step.code.mnemonic)?.entries ?? []
    }

    /// The page of the form that was executed: a gate or a task shows that it was the far one.
    var entry: InstructionEntry? {
        let isFar = step.effects.prefix { $0.raised == nil }.contains { effect in
            switch effect {
            case .checkCallGate, .checkTaskGate, .switchTask: true
            case .loadSegment(.cs, _, _, _, _, _): true
            default: false
            }
        }
        return isFar ? entries.last { !$0.steps.isEmpty } ?? entries.last : entries.first
    }

    var parts: [Zoom.Part] {
        if case .interrupt = step.outcome { return [.delivery(delivery(of: nil, step.effects[...], isWhole: true))] }
        let pieces = step.effects.split(omittingEmptySubsequences: false) { $0.raised != nil }
        let exceptions = step.effects.compactMap(\.raised)
        var parts = inside(pieces[0], isWhole: exceptions.isEmpty)
        for (index, exception) in exceptions.enumerated() {
            let before = pieces[index]
            parts.append(.fault(reading(exception, after: before, isDelivery: index > 0)))
            let isLast = index + 1 == exceptions.count
            let piece = pieces[index + 1]
            guard !piece.isEmpty else { continue }
            parts.append(.delivery(delivery(of: exception, piece, isWhole: isLast && step.outcome != .shutdown)))
        }
        return step.outcome == .shutdown ? parts + [.shutdown] : parts
    }

    private func inside(_ effects: ArraySlice<Effect>, isWhole: Bool) -> [Zoom.Part] {
        let declared = entry?.steps ?? []
        let pushes = Array(effects).pushes.count
        let isGate = effects.contains { if case .checkGate = $0 { true } else { false } }
        let labels = isWhole && isGate ? Delivery.frameLabels : []
        var alignment = StepAlignment(declared, pushed: isWhole ? pushes : .max, labels: labels, writer)
        for effect in effects where declared.isEmpty && isWhole || !effect.isPageTable { alignment.add(effect) }
        let steps = alignment.steps(isWhole: isWhole)
        return steps.isEmpty ? [] : [.inside(steps)]
    }

    private func reading(
        _ exception: Exception, after effects: ArraySlice<Effect>, isDelivery: Bool
    ) -> FaultReading {
        // Of an event's gate the DPL does not count.
        let onTheWay = (InstructionReference.interrupt?.checks ?? []).filter { $0.check != .gatePrivilege }
        let rules = isDelivery ? onTheWay : rules(for: exception)
        return FaultReading(exception, rules: rules, after: Array(effects), writer)
    }

    private func rules(for exception: Exception) -> [FaultRule] {
        let entry = entries.first {
            $0.checks.contains { $0.check == exception.check && $0.vector == exception.vector }
        }
        return (entry ?? self.entry)?.checks ?? []
    }

    private func delivery(of exception: Exception?, _ effects: ArraySlice<Effect>, isWhole: Bool) -> Delivery {
        Delivery(Array(effects), errorCode: exception?.errorCode != nil, isWhole: isWhole, writer)
    }
}

extension Effect {
    fileprivate var raised: Exception? {
        if case .raise(let exception) = self { return exception }
        return nil
    }
}
