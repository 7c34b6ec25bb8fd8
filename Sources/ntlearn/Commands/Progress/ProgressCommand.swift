import ArgumentParser
import LessonEngine

/// `ntlearn progress`: what the learner has done, and what is due.
struct ProgressCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "progress",
        abstract: "Show how far you are, by lesson and by objective, and what is due for review.",
        discussion: """
            A lesson is marked "revised since" when its text has changed after you answered. Nothing is lost by that.

            Example: ntlearn progress
            """)

    @Flag(help: "One JSON object a line: each lesson, then a summary.")
    var json = false

    @OptionGroup var learner: LearnerOptions

    func run() throws {
        let library = Library(courses: try learner.courses())
        let overview = try ProgressOverview(library, try learner.store())
        if json {
            var output = ByteOutput()
            for line in ProgressJSON(overview: overview, profile: learner.profile).lines {
                try output.write(line.bytes + [UInt8(ascii: "\n")])
            }
            return try output.flush()
        }
        let terminal = Terminal.detect(plain: learner.plain)
        Output(detect: { terminal }).print(ProgressPage(overview: overview, layout: Layout(terminal)).lines)
    }
}
