import ArgumentParser
import Foundation
import LessonEngine
import Lessons

/// `ntlearn new lesson`: a lesson's file and its place in the course.
struct NewLessonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lesson", abstract: "Write a lesson to begin with, and add it to course.yaml.",
        discussion: "Example: ntlearn new lesson the-door --course mycourse")

    @Argument(help: "The lesson's id, which is also the name of its file.")
    var id: String

    @Option(help: ArgumentHelp("The course's folder.", valueName: "dir"))
    var course = "."

    @Option(help: "What learners see. Default: made from the id.")
    var title: String?

    func run() throws {
        let title = try NewName(id).title(title)
        let list = try LessonList(course: course)
        let lesson = NewFiles(
            folder: URL(fileURLWithPath: course),
            files: [("lessons/\(id).md", LessonSkeleton(id: id, title: title).text)])
        let extended = try list.adding(id)
        try lesson.write()
        try list.replace(by: extended)
        let file = course == "." ? "lessons/\(id).md" : "\(course)/lessons/\(id).md"
        print("Wrote \(file). See it: ntlearn preview \(file)")
    }
}
