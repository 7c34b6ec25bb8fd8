import LessonEngine
import Lessons

/// A JSON Schema of the lesson format, as editors take it.
struct SchemaFile {
    /// What it describes: `course`, `lesson`, `quiz`, `trace` …
    let name: String
    let text: String

    /// The name of its file in the folder `schema`.
    var fileName: String { "\(name).schema.json" }

    static let course = SchemaFile(
        name: "course", text: JSONSchema(title: "An ntlearn course: course.yaml", keys: FormatSchema.course).text)

    private static let lesson = SchemaFile(
        name: "lesson", text: JSONSchema(title: "The front matter of an ntlearn lesson", keys: FormatSchema.lesson).text
    )

    /// All of them: course, front matter, then the blocks.
    static let all: [SchemaFile] = {
        let registry = Registry.withMachines(MachineLibrary(courses: []))
        let questions = registry.questions.values.sorted { $0.name < $1.name }
        let quiz = SchemaFile(
            name: "quiz",
            text: JSONSchema(
                title: "A quiz block of an ntlearn lesson",
                keysByType: questions.map { ($0.name, FormatSchema.quiz($0)) }
            ).text)
        let blocks = registry.blocks.values.sorted { $0.name < $1.name }.compactMap { block($0, in: registry) }
        return [course, lesson, quiz] + blocks
    }()

    /// None for a block whose body is no YAML, and for `quiz`, whose keys depend on its type.
    private static func block(_ kind: any BlockKind, in registry: Registry) -> SchemaFile? {
        let keys = FormatSchema.block(kind, in: registry)
        guard !keys.isEmpty else { return nil }
        return SchemaFile(
            name: kind.name, text: JSONSchema(title: "A \(kind.name) block of an ntlearn lesson", keys: keys).text)
    }
}
