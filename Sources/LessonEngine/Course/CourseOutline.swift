import Foundation
import Spelling

/// A course before its lessons are read: what `course.yaml` lists, and what the folder holds.
public struct CourseOutline: Sendable {
    /// The folder that holds `course.yaml`.
    public let directory: String
    /// Paths of the lessons that the course lists and that are there, in its order.
    public let lessonFiles: [String]
    /// What is wrong with `course.yaml` and the list of lessons.
    public let diagnostics: [Diagnostic]

    /// Nil when `course.yaml` cannot be used.
    let head: CourseHead?

    /// Whether `course.yaml` could be used.
    public var isUsable: Bool { head != nil }

    init(_ context: LoadContext, in directory: String) {
        self.directory = directory
        let head = CourseHead(context: context)
        self.head = head
        let folder = joined(directory, "lessons")
        let names = Self.lessonNames(in: folder)
        var files: [String] = []
        for name in head?.lessons ?? [] {
            if names.contains(name.value) {
                files.append(joined(folder, name.value + ".md"))
            } else {
                Self.reportMissing(name, names, context)
            }
        }
        lessonFiles = files
        if let head { Self.reportUnlisted(names, head, folder, context) }
        diagnostics = context.diagnostics
    }

    /// A course whose `course.yaml` cannot be read.
    init(unreadable directory: String, _ problem: Diagnostic) {
        self.directory = directory
        lessonFiles = []
        diagnostics = [problem]
        head = nil
    }

    private static func reportMissing(_ name: Located<String>, _ names: Set<String>, _ context: LoadContext) {
        let near = didYouMean(name.value, among: names.sorted())
        context.report(
            .error(
                .missingLessonFile, at: name.location, "there is no file lessons/\(name.value).md",
                note: near.map { "did you mean `\($0)`?" }))
    }

    private static func reportUnlisted(
        _ names: Set<String>, _ head: CourseHead, _ folder: String, _ context: LoadContext
    ) {
        for name in names.subtracting(head.lessons.map(\.value)) {
            let place = SourceLocation(file: joined(folder, name + ".md"), line: 1, column: 1)
            context.report(
                .warning(
                    .unlistedLesson, at: place, "this lesson is not in the course's list of lessons",
                    note: "add `\(name)` to the key `lessons` of course.yaml"))
        }
    }

    private static func lessonNames(in folder: String) -> Set<String> {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return Set(names.filter { $0.hasSuffix(".md") && isIdentifier($0.dropLast(3)) }.map { String($0.dropLast(3)) })
    }
}

// What only all lessons together can tell.
extension CourseOutline {
    /// Ids that two lessons have, and prerequisites that are not there or lead in a circle.
    public func problems(of lessons: [LessonOutline]) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let kept = Self.distinct(lessons) { found.append($0) }
        Prerequisites(lessons: kept, listed: head?.lessons.map(\.value) ?? []).check { found.append($0) }
        return found
    }

    /// The first lesson keeps an id that two have.
    static func distinct(_ lessons: [LessonOutline], report: (Diagnostic) -> Void = { _ in }) -> [LessonOutline] {
        var files: [String: String] = [:]
        return lessons.filter { lesson in
            guard let other = files[lesson.id] else {
                files[lesson.id] = lesson.file
                return true
            }
            report(
                .error(
                    .duplicateID, at: lesson.location, "the id `\(lesson.id)` is taken by \(other)",
                    note: "give each lesson of a course an id of its own"))
            return false
        }
    }
}

func joined(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : directory + "/" + name
}
