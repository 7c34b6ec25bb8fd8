import ArgumentParser
import Foundation
import LessonEngine

/// `ntlearn reset`: lessons as if they were new.
struct ResetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Begin lessons afresh, or everything with --all.",
        discussion: """
            Answers, place and review of the lessons are forgotten, so that they look new. The answers themselves are put \
            aside in the progress file: nothing counts them any more, and `ntlearn profile export` writes them as well.

            It asks first; --yes answers for scripts.

            Example: ntlearn reset the-stub
            """)

    @Argument(help: ArgumentHelp("Lessons by name or number.", valueName: "lesson"))
    var lessons: [String] = []

    @Flag(help: "Everything that this profile has answered, in all courses.")
    var all = false

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var learner: LearnerOptions

    func validate() throws {
        if all, !lessons.isEmpty { throw ValidationError("name lessons or --all, not both") }
        if !all, lessons.isEmpty { throw ValidationError("name the lessons to begin afresh, or --all for everything") }
        if learner.noProgress { throw ValidationError("with --no-progress there is nothing to reset") }
    }

    func run() throws {
        let chosen = all ? [] : try Library(courses: try learner.courses()).chosen(lessons)
        let store = try learner.store()
        let what = all ? "everything" : chosen.map(\.lesson.id).joined(separator: ", ")
        guard try isSure("Begin \(what) afresh, as \(learner.profile)? [y/N] ") else {
            print("Nothing was changed.")
            return
        }
        var count = all ? try store.resetAll() : 0
        for (course, entries) in Dictionary(grouping: chosen, by: \.course.id) {
            count += try store.reset(course: course, lessons: entries.map(\.lesson.id))
        }
        print("Done: \(count) \(count == 1 ? "answer was" : "answers were") put aside.")
    }

    private func isSure(_ question: String) throws -> Bool {
        if yes { return true }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure("reset asks first, and there is no terminal to ask on\nadd --yes to do it", status: 2)
        }
        print(Sanitizer.clean(question), terminator: "")
        fflush(nil)
        let answer = (readLine() ?? "").trimmed.lowercased()
        return answer == "y" || answer == "yes"
    }
}
