/// One of the things that happen inside an instruction, in order.
public struct MicroStep: Hashable, Sendable {
    /// The one memory access of a step.
    public enum Access: Hashable, Sendable {
        case read(Effect.Purpose)
        case write
    }

    /// A clause without a full stop: "pushes EFLAGS".
    public let text: String
    /// The access that the step makes, or `nil`. Page tables are not counted.
    public let access: Access?

    static func read(_ purpose: Effect.Purpose, _ text: String) -> MicroStep {
        MicroStep(text: text, access: .read(purpose))
    }

    static func push(_ what: String) -> MicroStep { MicroStep(text: "pushes \(what)", access: .write) }

    static func pop(_ what: String) -> MicroStep { MicroStep(text: "reads \(what)", access: .read(.operand)) }

    static func inside(_ text: String) -> MicroStep { MicroStep(text: text, access: nil) }
}
