import Foundation

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
        let outline = outline(directory: directory)
        guard let head = outline.head else {
            return LoadedCourse(course: nil, diagnostics: outline.diagnostics.tidied())
        }
        let files = outline.lessonFiles
        let loaded = concurrently(files.count) { lesson(ContentFile(path: files[$0]), within: directory) }
        let lessons = loaded.compactMap(\.lesson)
        let outlines = lessons.map(\.outline)
        let kept = Set(CourseOutline.distinct(outlines).map(\.file))
        let reference = reference(directory: directory)
        let diagnostics =
            loaded.flatMap(\.diagnostics) + outline.diagnostics + outline.problems(of: outlines)
            + reference.diagnostics
        let course = head.course(
            lessons.filter { kept.contains($0.file) }, glossary: reference.glossary, card: reference.card, in: directory
        )
        return LoadedCourse(course: course, diagnostics: diagnostics.tidied())
    }

    /// Reads `course.yaml` in `directory`, and no lesson.
    public func outline(directory: String) -> CourseOutline {
        let file = ContentFile(path: joined(directory, "course.yaml"))
        switch file.read(within: directory) {
        case .failure(let problem): return CourseOutline(unreadable: directory, file.diagnostic(for: problem))
        case .success(let content):
            return CourseOutline(LoadContext(file.path, content.text, registry), in: directory)
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

    func lesson(_ file: ContentFile, within directory: String?) -> LoadedLesson {
        switch file.read(within: directory) {
        case .failure(let problem): LoadedLesson(lesson: nil, diagnostics: [file.diagnostic(for: problem)])
        case .success(let content): lesson(content, file: file.path)
        }
    }

    func lesson(_ content: ContentFile.Content, file: String) -> LoadedLesson {
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
            brokenBlocks: parser.brokenBlocks, links: context.links)
        ObjectiveCheck(lesson: lesson).check(report: context.report)
        return LoadedLesson(lesson: lesson, diagnostics: context.diagnostics.tidied())
    }
}
