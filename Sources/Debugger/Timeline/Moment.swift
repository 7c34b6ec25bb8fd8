/// A point in a recorded run: between two steps and, where the machine was changed from outside, between two changes.
public struct Moment: Hashable, Comparable, Sendable {
    /// Steps since power-on.
    public let step: Int
    /// How many of the timeline's events have happened.
    public let events: Int

    /// Earlier is less.
    public static func < (left: Moment, right: Moment) -> Bool {
        left.step == right.step ? left.events < right.events : left.step < right.step
    }
}

/// Something that did not come from the machine itself, and that executing it again must repeat.
public struct TimelineEvent: Hashable, Sendable {
    /// What came from outside.
    public enum Kind: Hashable, Sendable {
        /// A change by hand; `inverse` is what would take it back.
        case edit(MachineEdit, inverse: MachineEdit)
        /// An interrupt was requested on INTR.
        case interrupt(vector: UInt8)
        /// An NMI was requested.
        case nonMaskableInterrupt
    }

    /// How many steps the machine had taken.
    public let step: Int
    /// What came.
    public let kind: Kind

    /// The change by hand, if it is one.
    public var edit: AppliedEdit? {
        guard case .edit(let edit, let inverse) = kind else { return nil }
        return AppliedEdit(step: step, edit: edit, inverse: inverse)
    }

    /// Lets it happen again. What was possible once is possible again in the same state.
    func happen(on machine: Machine) {
        switch kind {
        case .edit(let edit, _): _ = try? edit.apply(to: machine)
        case .interrupt(let vector): machine.cpu.requestInterrupt(vector: vector)
        case .nonMaskableInterrupt: machine.cpu.requestNMI()
        }
    }
}

extension TimelineEvent: CustomStringConvertible {
    /// As it would be typed: `r eax=00000005`, `!irq 21`, `!irq nmi`.
    public var description: String {
        switch kind {
        case .edit(let edit, _): "\(edit)"
        case .interrupt(let vector): "!irq \(NumberFormat.padded(vector, to: 2))"
        case .nonMaskableInterrupt: "!irq nmi"
        }
    }
}

/// A name for a moment.
public struct TimelineMark: Hashable, Sendable {
    /// What a person calls it.
    public let name: String
    /// The moment.
    public let moment: Moment
}

/// What was forgotten because the machine went another way from a moment in the past.
public struct TimelineFork: Hashable, Sendable {
    /// Where the ways part.
    public let step: Int
    /// How many recorded steps were dropped.
    public let steps: Int
    /// The dropped changes and requests.
    public let events: [TimelineEvent]
    /// The dropped marks.
    public let marks: [TimelineMark]
}
