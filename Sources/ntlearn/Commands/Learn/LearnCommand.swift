import ArgumentParser
import Foundation
import LessonEngine
import Lessons

/// `ntlearn learn`: the tutorial.
struct LearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn", abstract: "Follow the lessons at an interactive prompt.",
        discussion: """
            It resumes where you stopped. Standard input that is no terminal is read line by line, so that a whole lesson \
            can be driven from a pipe.

            Example: ntlearn learn the-stub
            """)

    @Argument(help: "A lesson's number or name; without it the tutorial resumes.")
    var lesson: String?

    @OptionGroup var learner: LearnerOptions

    func run() throws {
        let courses = try learner.courses()
        let store = try learner.store()
        let plain = learner.plain
        let session = LearnSession(
            library: Library(courses: courses), machines: learner.machines(of: courses.map(\.directory)),
            store: store,
            output: Output(detect: { Terminal.detect(plain: plain) }))
        do throws(WordError) { try session.begin(with: lesson) } catch { throw CommandFailure(error) }
        let editor = StandardEditor.make { session.complete($0) }
        ReadEvalLoop(editor: editor).run(session)
        session.output.say(learner.noProgress ? "Goodbye." : "Goodbye. Your place is kept.")
    }
}
