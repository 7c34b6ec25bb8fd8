/// What a course can have beside its lessons, and what is wrong with it.
struct LoadedReference {
    let glossary: Glossary
    let card: Lesson?
    let diagnostics: [Diagnostic]
}

extension CourseLoader {
    /// Reads the glossary and the card of the course in `directory`.
    func reference(directory: String) -> LoadedReference {
        let glossary = glossary(directory: directory)
        let card = card(in: directory)
        return LoadedReference(
            glossary: glossary.glossary, card: card?.lesson,
            diagnostics: glossary.diagnostics + (card?.diagnostics ?? []))
    }

    /// The names of the lessons that the text of a `course.yaml` lists, as far as they can be used.
    public static func lessonNames(inCourse text: String) -> [String] {
        CourseHead(context: LoadContext("course.yaml", text, Registry()))?.lessons.map(\.value) ?? []
    }

    /// Reads the glossary of the course in `directory`; an empty one if there is none.
    public func glossary(directory: String) -> (glossary: Glossary, diagnostics: [Diagnostic]) {
        let file = ContentFile(path: joined(directory, "glossary.md"))
        switch file.read(within: directory) {
        case .failure(.missing): return (.empty, [])
        case .failure(let problem): return (.empty, [file.diagnostic(for: problem)])
        case .success(let content):
            let context = LoadContext(file.path, content.text, registry)
            let glossary = GlossaryReader.read(context)
            return (glossary, context.diagnostics.tidied())
        }
    }

    private func card(in directory: String) -> LoadedLesson? {
        let file = ContentFile(path: joined(directory, "card.md"))
        if case .failure(.missing) = file.read(within: directory) { return nil }
        return lesson(file, within: directory)
    }
}
