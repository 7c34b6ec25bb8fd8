import ArgumentParser
import Foundation
import LessonEngine

/// `ntlearn new course`: a folder with a `course.yaml`.
struct NewCourseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "course", abstract: "Make a course's folder with its course.yaml.",
        discussion: "Example: ntlearn new course mycourse --title 'My course'")

    @Argument(help: ArgumentHelp("The folder; its last part becomes the course's id.", valueName: "dir"))
    var folder: String

    @Option(help: "What learners see. Default: made from the id.")
    var title: String?

    func run() throws {
        let root = URL(fileURLWithPath: folder)
        let id = root.lastPathComponent
        let skeleton = CourseSkeleton(id: id, title: try NewName(id).title(title))
        let files = [("course.yaml", skeleton.text), (CourseSkeleton.schemaPath, skeleton.schema)]
        try NewFiles(folder: root, files: files).write(making: ["lessons", "machines"])
        print("Wrote \(folder)/course.yaml. Next: ntlearn new lesson NAME --course \(folder)")
    }
}
