import Debugger
import LessonEngine
import Spelling

/// How many changes by hand a challenge allows: `registers 1`, `memory 2`, `registers 1, memory 2`.
public struct EditAllowance: Hashable, Sendable {
    /// Changes of registers, of flags and of MSRs.
    public private(set) var registers = 0
    /// Changes of memory, by `eb` and its sisters or by `a`, one for each instruction.
    public private(set) var memory = 0

    private static let kinds = ["registers", "memory"]

    /// Reads the key `allow`. Nil if it is not there, or no allowance, which is then reported.
    static func read(_ fields: inout Fields) -> EditAllowance? {
        guard let text = fields.string("allow") else { return nil }
        var allowance = EditAllowance()
        for part in text.value.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ").map(String.init)
            guard words.count == 2, let count = Int(words[1]), (0...1000).contains(count) else {
                return refuse(text, "`allow` is no number of changes: `\(part.trimmed)`", fields)
            }
            switch words[0] {
            case "registers", "register": allowance.registers = count
            case "memory": allowance.memory = count
            default:
                let near = didYouMean(words[0], among: Self.kinds).map { "did you mean `\($0)`?" }
                return refuse(text, "`allow` knows no `\(words[0])`", fields, near)
            }
        }
        return allowance
    }

    private static func refuse(
        _ text: Located<String>, _ message: String, _ fields: Fields, _ note: String? = nil
    ) -> EditAllowance? {
        fields.report(
            .badValue, at: text.location, message, note: note ?? "write, for example, `registers 1` or `memory 2`")
        return nil
    }

    /// What was changed beyond what is allowed, a sentence; nil if nothing was.
    public func excess(of edits: EditLog) -> String? {
        let memoryEdits = edits.edits.count { if case .memory = $0.edit { true } else { false } }
        let registerEdits = edits.edits.count - memoryEdits
        if registerEdits > registers {
            return "You have changed registers \(Self.times(registerEdits)); \(Self.limit(registers))."
        }
        if memoryEdits > memory {
            return "You have changed memory \(Self.times(memoryEdits)); \(Self.limit(memory))."
        }
        return nil
    }

    private static func times(_ count: Int) -> String {
        switch count {
        case 1: "once"
        case 2: "twice"
        default: "\(count) times"
        }
    }

    private static func limit(_ count: Int) -> String {
        count == 0 ? "here that is not allowed" : "\(times(count)) is allowed"
    }

    /// `You may change registers once, and no memory.`
    var sentence: String {
        switch (registers, memory) {
        case (0, 0): "You may change neither registers nor memory."
        case (_, 0): "You may change registers \(Self.times(registers)), and no memory."
        case (0, _): "You may change memory \(Self.times(memory)), and no register."
        default: "You may change registers \(Self.times(registers)), and memory \(Self.times(memory))."
        }
    }
}
