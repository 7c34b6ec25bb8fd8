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
        let session = try learner.session()
        do throws(WordError) { try session.begin(with: lesson) } catch { throw CommandFailure(error) }
        let editor = StandardEditor.make { session.complete($0) }
        ReadEvalLoop(editor: editor).run(session)
        session.output.say(learner.noProgress ? "Goodbye." : "Goodbye. Your place is kept.")
    }
}
