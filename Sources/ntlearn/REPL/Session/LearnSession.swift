import Debugger
import LessonEngine
import Lessons
import Spelling

/// A learner at the prompt: a place in a lesson, maybe an open question, and a machine at hand.
final class LearnSession {
    let library: Library
    let machines: MachineLibrary
    let store: ProgressStore
    let output: Output
    let words: WordRegistry<LearnSession>

    /// Where the learner is; `nil` before the first lesson is opened.
    var place: Place?
    var question: OpenQuestion?
    /// The try at the challenge that is open.
    var challenge: ChallengeTry?
    /// The trace that pauses for the open question.
    var trace: LiveTrace?
    /// Questions that are asked outside the lesson's page.
    var practice: PracticeRun?
    /// The last question that was asked on an earlier page: `why` still explains it.
    var earlierQuestion: OpenQuestion?
    /// Questions whose answers the learner was shown: answering them again in this session is practice.
    var givenAway: Set<OpenQuestion.Identity> = []
    /// Picks the members of families, and the order of choices.
    var nextSeed: () -> UInt64 = { UInt64.random(in: 0...UInt64(UInt32.max)) }
    /// The machine that the debugger's words look at, and what they keep about it.
    var debugger = DebuggerState()
    /// What the next made machine runs.
    var machineRequest: MachineRequest?
    /// Where it is handed to the learner, an expression; nil for the program's first instruction.
    var machineStart: String?
    /// The radix of numbers without a prefix: 8, 10 or 16.
    var radix = 16
    /// The most steps that one run takes, so that a guest that never ends gives the prompt back.
    var runBudget = 50_000_000
    var isOver = false
    /// For an author who looks at a lesson: nobody is told how to go on.
    var isPreview = false

    /// A page of a lesson.
    struct Place {
        var entry: Library.Entry
        /// Counted from 0.
        var page: Int

        var isLastPage: Bool { page + 1 >= entry.lesson.pages.count }
    }

    init(
        library: Library, machines: MachineLibrary, store: ProgressStore, output: Output,
        words: WordRegistry<LearnSession> = .all
    ) {
        self.library = library
        self.machines = machines
        self.store = store
        self.output = output
        self.words = words
    }
}

extension LearnSession: Conversation {
    /// `two-worlds 3/9> `, with a question mark instead while a question is open, and with the step
    /// while the machine is in its past; an address while `a` takes lines.
    var prompt: String {
        if let address = debugger.assemblyAddress { return NumberFormat.padded(address, to: 8) + " " }
        let mark = (pastText.map { " [\($0)]" } ?? "") + (question?.isOpen == true ? "?" : ">")
        if let practice { return "\(practice.prompt)\(mark) " }
        guard let place else { return "ntlearn\(mark) " }
        return "\(place.entry.lesson.id) \(place.page + 1)/\(place.entry.lesson.pages.count)\(mark) "
    }

    /// An answer if a question is open and the line can be one; otherwise words. Enter alone moves on.
    func respond(to line: String) {
        do throws(WordError) {
            if debugger.assemblyAddress != nil { return try perform(line) }
            let text = line.trimmed
            if text.isEmpty { return try next() }
            if let question, question.isOpen, !isPlayedAtPrompt {
                let isForced = text.lowercased().hasPrefix("answer ")
                if !isForced, question.question.couldBeAnswer(text) { return try answer(text) }
                if !words.recognises(text) { return try answer(unknown: text) }
            }
            try requireAllowed(line)
            try perform(line)
        } catch {
            show(error)
        }
    }

    /// Whether the words of the prompt are the answer, one by one.
    private var isPlayedAtPrompt: Bool { challenge != nil && practice?.rules.allowsDebugger != false }

    /// Ctrl-C also leaves the lines of `a`.
    func abandonLine() { debugger.assemblyAddress = nil }

    func refuse(_ reason: String) { show(WordError(reason)) }

    /// Message and hint, on lines of their own; before the message the place in the line, if it has one.
    func show(_ error: WordError) {
        let place = error.column.map { "Column \($0): " } ?? ""
        output.say(StyledText(place + error.message, .bad))
        if let hint = error.hint { output.say(StyledText(hint)) }
    }
}
