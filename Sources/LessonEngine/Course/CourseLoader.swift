import Foundation
import Spelling

/// Reads courses and lessons. Reports everything that is wrong in one go, and takes what can be used.
///
/// Loading runs nothing: see ``LessonChecker`` for what only running can tell.
public struct CourseLoader: Sendable {
    /// The block and question kinds that lessons may use.
    public let registry: Registry

    /// A loader that knows the kinds of `registry`.
    public init(registry: Registry) { self.registry = registry }

    /// Reads `course.yaml` in `directory` and the lessons that it lists.
    public func load(directory: String) -> LoadedCourse {
        let file = ContentFile(path: Self.joined(directory, "course.yaml"))
        switch file.read(within: directory) {
        case .failure(let problem): return LoadedCourse(course: nil, diagnostics: [file.diagnostic(for: problem)])
        case .success(let content): return course(LoadContext(file.path, content.text, registry), in: directory)
        }
    }

    /// Reads one lesson from the file at path `file`, without the course around it.
    public func loadLesson(file: String) -> LoadedLesson { lesson(ContentFile(path: file), within: nil) }

    /// Reads a lesson from its `text`; `file` is what diagnostics call it.
    public func loadLesson(text: String, file: String) -> LoadedLesson {
        guard text.utf8.count <= ContentFile.largest else {
            return LoadedLesson(lesson: nil, diagnostics: [ContentFile(path: file).diagnostic(for: .tooLarge)])
        }
        return lesson(ContentFile.Content(text: text, hash: contentHash(text.utf8)), file: file)
    }

    private func course(_ context: LoadContext, in directory: String) -> LoadedCourse {
        guard let head = CourseHead(context: context) else {
            return LoadedCourse(course: nil, diagnostics: context.diagnostics.tidied())
        }
        let folder = Self.joined(directory, "lessons")
        let files = Self.lessonNames(in: folder)
        let loaded = head.lessons.filter { isThere($0, among: files, context) }.map { name in
            lesson(ContentFile(path: Self.joined(folder, name.value + ".md")), within: directory)
        }
        let lessons = distinct(loaded.compactMap(\.lesson), context)
        reportUnlisted(files, head, folder, context)
        Prerequisites(lessons: lessons, listed: head.lessons.map(\.value)).check(report: context.report)
        let diagnostics = loaded.flatMap(\.diagnostics) + context.diagnostics
        return LoadedCourse(course: head.course(lessons, in: directory), diagnostics: diagnostics.tidied())
    }

    private func lesson(_ file: ContentFile, within directory: String?) -> LoadedLesson {
        switch file.read(within: directory) {
        case .failure(let problem): LoadedLesson(lesson: nil, diagnostics: [file.diagnostic(for: problem)])
        case .success(let content): lesson(content, file: file.path)
        }
    }

    private func lesson(_ content: ContentFile.Content, file: String) -> LoadedLesson {
        let context = LoadContext(file, content.text, registry)
        let front = FrontMatter(context: context)
        var parser = LessonParser(context: context)
        let pages = parser.parse(from: front.firstLine)
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        let lesson = Lesson(
            id: front.id?.value ?? name, title: front.title ?? front.id?.value ?? name, minutes: front.minutes,
            requires: front.requires, writtenObjectives: front.objectives,
            location: front.id?.location ?? context.source.location(line: 1),
            contentHash: content.hash, pages: pages,
            brokenBlocks: parser.brokenBlocks)
        ObjectiveCheck(lesson: lesson).check(report: context.report)
        return LoadedLesson(lesson: lesson, diagnostics: context.diagnostics.tidied())
    }
}

// The lessons of a course.
extension CourseLoader {
    private func isThere(_ name: Located<String>, among files: [String], _ context: LoadContext) -> Bool {
        if files.contains(name.value) { return true }
        let near = didYouMean(name.value, among: files)
        context.report(
            .error(
                .missingLessonFile, at: name.location, "there is no file lessons/\(name.value).md",
                note: near.map { "did you mean `\($0)`?" }))
        return false
    }

    /// The first lesson keeps an id that two have.
    private func distinct(_ lessons: [Lesson], _ context: LoadContext) -> [Lesson] {
        var files: [String: String] = [:]
        return lessons.filter { lesson in
            guard let other = files[lesson.id] else {
                files[lesson.id] = lesson.file
                return true
            }
            context.report(
                .error(
                    .duplicateID, at: lesson.location, "the id `\(lesson.id)` is taken by \(other)",
                    note: "give each lesson of a course an id of its own"))
            return false
        }
    }

    private func reportUnlisted(_ files: [String], _ head: CourseHead, _ folder: String, _ context: LoadContext) {
        let listed = Set(head.lessons.map(\.value))
        for name in files where !listed.contains(name) {
            let place = SourceLocation(file: Self.joined(folder, name + ".md"), line: 1, column: 1)
            context.report(
                .warning(
                    .unlistedLesson, at: place, "this lesson is not in the course's list of lessons",
                    note: "add `\(name)` to the key `lessons` of course.yaml"))
        }
    }

    private static func lessonNames(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".md") && isIdentifier($0.dropLast(3)) }.map { String($0.dropLast(3)) }
            .sorted()
    }

    private static func joined(_ directory: String, _ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : directory + "/" + name
    }
}
