import ArgumentParser
import LessonEngine
import Lessons

/// `ntlearn review`: asks what is due.
struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Answer the questions that you may be about to forget.",
        discussion: """
            A question that you have answered comes back after a day or more, the later the better you knew it, each time \
            with other numbers where it has any. Enter goes on to the next one, quit leaves.

            Example: ntlearn review --count 10
            """)

    @Option(help: ArgumentHelp("The most questions to ask.", valueName: "n"))
    var count: Int?

    @OptionGroup var learner: LearnerOptions

    func validate() throws {
        guard count.map({ $0 > 0 }) ?? true else { throw ValidationError("--count must be 1 or more") }
    }

    func run() throws {
        let session = try learner.session()
        let queue = try ReviewQueue(session.library, session.store)
        guard !queue.due.isEmpty else { return session.output.say(StyledText(queue.nothingDue)) }
        var run = queue.run(count: count, seed: session.nextSeed)
        run.endsSession = true
        session.practise(run)
        ReadEvalLoop(editor: StandardEditor.make { session.complete($0) }).run(session)
        session.leavePractice()
    }
}
