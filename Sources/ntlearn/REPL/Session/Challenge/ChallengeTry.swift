import Debugger
import Lessons

/// A try at a challenge: the words that count, and how it stands.
struct ChallengeTry {
    let question: ChallengeQuestion
    private(set) var verdict = ChallengeVerdict.goingOn

    private var kept: [Kept] = []
    /// What was seen last: the timeline, where it was, how many changes by hand stood.
    private var timeline: Timeline
    private var moment: Moment
    private var editCount: Int
    /// When the try was lost; going back before that revives it.
    private var lostAt: Moment?

    /// A word that playing again needs.
    private struct Kept {
        let text: String
        /// Whether `.restart` leaves what it did.
        let survivesRestart: Bool
    }

    /// - Parameter settings: words that bring the prompt to what it is now.
    init(_ question: ChallengeQuestion, on timeline: Timeline, settings: [String] = []) {
        self.question = question
        self.timeline = timeline
        moment = timeline.moment
        editCount = timeline.edits.edits.count
        kept = settings.map { Kept(text: $0, survivesRestart: true) }
    }

    /// The words since the beginning, or since the last `.restart`.
    var words: [String] { kept.map(\.text) }

    /// Looks at the machine after a word.
    /// - Parameters:
    ///   - timeline: that of the machine at hand.
    ///   - command: the word; nil for a line of assembly.
    /// - Returns: whether the verdict is news.
    mutating func look(at timeline: Timeline, after command: CommandSplitter.Command?) -> Bool {
        guard verdict != .solved else { return false }
        if timeline !== self.timeline { begin(again: timeline) }
        let hasMoved = timeline.moment != moment
        let edits = timeline.edits.edits.dropFirst(editCount).map { "\($0.edit)" }
        keep(command, hasMoved, edits)
        moment = timeline.moment
        editCount = timeline.edits.edits.count
        guard hasMoved else { return false }
        return judge(timeline)
    }

    private mutating func begin(again timeline: Timeline) {
        self.timeline = timeline
        moment = timeline.moment
        editCount = 0
        lostAt = nil
        verdict = .goingOn
        kept.removeAll { !$0.survivesRestart }
    }

    /// Instructions are kept as the bytes that they made: `a` takes the rest of its line, and lines of its own.
    private mutating func keep(_ command: CommandSplitter.Command?, _ hasMoved: Bool, _ edits: [String]) {
        guard let command, !command.spec.takesWholeLine else {
            return kept += edits.map { Kept(text: $0, survivesRestart: false) }
        }
        let isSetting = command.spec.group == .breakpoints || command.spec.name == "n"
        guard hasMoved || isSetting || command.spec.name == ".view" else { return }
        let text = "\(command.arguments.word) \(command.arguments.rest)".trimmed
        kept.append(Kept(text: text, survivesRestart: isSetting))
    }

    private mutating func judge(_ timeline: Timeline) -> Bool {
        if let lostAt, timeline.moment < lostAt { self.lostAt = nil }
        guard lostAt == nil else { return false }
        verdict = question.judge(timeline.machine, timeline.edits)
        if case .lost = verdict { lostAt = timeline.moment }
        return verdict != .goingOn
    }
}

extension ChallengeTry {
    /// What would be another machine, or no play at all.
    private static let others: Set<String> = [".machine", ".load"]
    private static let groups: Set<WordGroup> = [
        .running, .time, .breakpoints, .registers, .memory, .code, .names, .numbers, .system, .changes,
    ]

    /// Whether a word leaves the challenge's machine for another one.
    static func leavesMachine(_ spec: WordSpec) -> Bool { others.contains(spec.name) }

    /// Whether a challenge's solution may use a word. A lesson file is untrusted: it neither reads nor writes files.
    static func allows(_ spec: WordSpec) -> Bool {
        groups.contains(spec.group) && !others.contains(spec.name) && spec.name != ".save"
    }
}
