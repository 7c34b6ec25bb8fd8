/// A lesson's file, read and not yet looked at.
public struct LessonFile: Sendable {
    /// As the program was given it.
    public let path: String
    let content: Result<ContentFile.Content, ContentFile.Problem>

    /// Reads the file at `path`; `directory` is the folder that symbolic links may not leave.
    public init(path: String, within directory: String?) {
        self.path = path
        content = ContentFile(path: path).read(within: directory)
    }

    /// Equal texts have equal hashes, on every machine; nil if it cannot be read.
    public var hash: String? { try? content.get().hash }
}

/// What checking one file found.
public struct CheckedFile: Sendable, Codable {
    /// Nil for a machine, and for a lesson that cannot be read as text.
    public let outline: LessonOutline?
    /// In order of place.
    public let diagnostics: [Diagnostic]

    /// What was found in a file.
    public init(outline: LessonOutline?, diagnostics: [Diagnostic]) {
        self.outline = outline
        self.diagnostics = diagnostics
    }

    /// Whether the same file would give the same again: not if the clock had a say.
    public var isRepeatable: Bool { !diagnostics.contains { $0.code == DiagnosticCode.tooSlow.name } }
}

extension LessonChecker {
    /// Loads a lesson and checks it: everything that can be told of it alone.
    public func check(_ file: LessonFile, loader: CourseLoader) -> CheckedFile {
        let loaded = loader.load(file)
        guard let lesson = loaded.lesson else { return CheckedFile(outline: nil, diagnostics: loaded.diagnostics) }
        let start = SourceLocation(file: file.path, line: 1, column: 1)
        if let limit = TimeLimit.current, limit.hasPassed {
            return CheckedFile(
                outline: lesson.outline, diagnostics: (loaded.diagnostics + [limit.diagnostic(from: start)]).tidied())
        }
        return CheckedFile(outline: lesson.outline, diagnostics: (loaded.diagnostics + check(lesson)).tidied())
    }
}

extension CourseLoader {
    /// Reads a lesson, without the course around it.
    public func load(_ file: LessonFile) -> LoadedLesson {
        switch file.content {
        case .failure(let problem):
            LoadedLesson(lesson: nil, diagnostics: [ContentFile(path: file.path).diagnostic(for: problem)])
        case .success(let content): lesson(content, file: file.path)
        }
    }
}
