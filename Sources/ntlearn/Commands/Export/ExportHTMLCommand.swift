import ArgumentParser
import Foundation
import LessonEngine

/// `ntlearn export html`: the course as a static site.
struct ExportHTMLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "html", abstract: "Write the course as a web site that needs no server and no script.",
        discussion: """
            A page for each lesson, with its traces run and drawn, its questions, and the answers behind a line to be \
            opened. The folder is made if it is not there; files of the same names are replaced, others stay.

            Example: ntlearn export html -o site
            Example: ntlearn export html -o site --content mycourse
            """)

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write to.", valueName: "dir"))
    var output: String

    @OptionGroup var courses: CourseOptions

    func run() throws {
        let all = try courses.load()
        for course in all {
            let folder = all.count == 1 ? output : "\(output)/\(course.id)"
            try write(CourseSite(course: course), to: folder)
            CommandFailure.note("\(folder)/index.html: \(course.title), \(Self.count(course.lessons.count))")
        }
    }

    private static func count(_ lessons: Int) -> String { "\(lessons) lesson\(lessons == 1 ? "" : "s")" }

    private func write(_ site: CourseSite, to folder: String) throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(
                "cannot make the folder \(folder): is there a file of this name, or no right to write?")
        }
        for file in site.files { try OutputFile("\(folder)/\(file.name)").write(Array(file.content().utf8)) }
    }
}
