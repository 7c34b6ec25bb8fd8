import ArgumentParser
import LessonEngine
import Lessons
import Spelling

/// `ntlearn quiz`: the questions of a lesson, one after the other.
struct QuizCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quiz", abstract: "Answer all questions of a lesson in a row.",
        discussion: """
            Of each question that varies you get a fresh member. Without a name it is the lesson that you are in; \
            the name of a drill gives ten questions of that drill.

            Example: ntlearn quiz the-stub
            Example: ntlearn quiz eax
            """)

    @Argument(
        help: ArgumentHelp("A lesson's number or name, or a drill's topic.", valueName: "lesson|topic"),
        completion: .list(Drill.topics.map(\.name)))
    var name: String?

    @OptionGroup var learner: LearnerOptions

    private static let drillLength = 10

    func run() throws {
        let session = try learner.session()
        let entry = name == nil ? try current(session) : name.flatMap { session.library.entry($0) }
        if let entry { return learner.practise(try questions(of: entry, session), in: session) }
        let topic = name?.lowercased() ?? ""
        guard Drill.topics.contains(where: { $0.name == topic }) else { throw unknown(session) }
        let practice = DrillPractice(
            Drill(library: session.machines), topics: [topic], seed: session.nextSeed(),
            levels: session.store.drillLevels(of: [topic]))
        learner.practise(practice.run(count: Self.drillLength), in: session)
    }

    /// The lesson that the learner is in, or the first one.
    private func current(_ session: LearnSession) throws -> Library.Entry? {
        for course in session.library.courses {
            if let lesson = try session.store.lastLesson(course: course.id), let entry = session.library.entry(lesson) {
                return entry
            }
        }
        return session.library.entries.first
    }

    private func questions(of entry: Library.Entry, _ session: LearnSession) throws(CommandFailure) -> PracticeRun {
        let items = entry.lesson.blocks.compactMap { $0 as? QuizBlock }.map {
            PracticeItem($0, of: entry, seed: session.nextSeed())
        }
        guard !items.isEmpty else { throw CommandFailure("the lesson \(entry.lesson.id) has no questions") }
        return PracticeRun(name: "quiz \(entry.lesson.id)", items: items)
    }

    private func unknown(_ session: LearnSession) -> CommandFailure {
        let names = session.library.entries.map(\.lesson.id) + Drill.topics.map(\.name)
        let near = didYouMean(name ?? "", among: names).map { "Did you mean \"\($0)\"?" }
        return CommandFailure(
            "there is no lesson and no drill called \"\((name ?? "").prefix(40))\"\n"
                + (near ?? "`ntlearn list` lists the lessons, `ntlearn drill --help` the drills"))
    }
}
