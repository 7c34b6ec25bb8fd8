/// One of the things that happen inside an instruction, in order.
public struct MicroStep: Hashable, Sendable {
    /// The one memory access of a step.
    public enum Access: Hashable, Sendable {
        case read(Effect.Purpose)
        case write
    }

    /// What a step does besides touching memory; an execution shows it as effects of that kind.
    public enum Act: Hashable, Sendable {
        case gateCheck
        /// So many model-specific registers are read.
        case modelSpecific(Int)
        case codeSegment, stackSegment, dataSegments
        /// SS:ESP change together, on the way to another ring.
        case stackPointer
        case ring, flags
    }

    /// A clause without a full stop: "pushes EFLAGS".
    public let text: String
    /// The access that the step makes, or `nil`. Page tables are not counted.
    public let access: Access?
    /// What else it does.
    public let acts: [Act]

    static func read(_ purpose: Effect.Purpose, _ text: String) -> MicroStep {
        MicroStep(text: text, access: .read(purpose), acts: [])
    }

    static func push(_ what: String) -> MicroStep { MicroStep(text: "pushes \(what)", access: .write, acts: []) }

    static func pop(_ what: String) -> MicroStep {
        MicroStep(text: "reads \(what)", access: .read(.operand), acts: [])
    }

    static func inside(_ text: String, _ acts: Act...) -> MicroStep {
        MicroStep(text: text, access: nil, acts: acts)
    }
}
