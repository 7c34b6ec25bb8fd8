import ArgumentParser

/// `ntlearn new`: beginnings for authors.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Begin a course or a lesson, for instructors.",
        discussion: """
            What is written has comments that say what to put where, and passes ntlearn check as it stands. Nothing is \
            ever overwritten.

            Example: ntlearn new course mycourse --title 'My course'
            Example: ntlearn new lesson the-door --course mycourse
            """,
        subcommands: [NewCourseCommand.self, NewLessonCommand.self])
}
