import LessonEngine
import Lessons

@testable import ntlearn

/// The tables of all keys, as the instructors' page has them.
enum KeyReference {
    /// The heading that they stand under.
    static let heading = "# All keys\n"

    static var text: String {
        let registry = Registry.withMachines(MachineLibrary(courses: []))
        let questions = registry.questions.values.sorted { $0.name < $1.name }
        let blocks = registry.blocks.values.sorted { $0.name < $1.name }.filter { !$0.keys.isEmpty }
        let shared = questions.first.map { FormatSchema.quiz($0).filter { key in isShared(key, questions) } } ?? []
        let sections =
            [("course.yaml", FormatSchema.course), ("Front matter of a lesson", FormatSchema.lesson)]
            + blocks.map { ("\($0.name)", $0.keys) } + [("quiz, all types", shared)]
            + questions.map { kind in
                (
                    heading(of: kind, isBlock: registry.blocks[kind.name] != nil),
                    FormatSchema.quiz(kind).filter { !isShared($0, questions) }
                )
            }
        return sections.map { "\n## \($0.0)\n\n\(table($0.1))" }.joined()
    }

    private static func heading(of kind: any QuestionKind, isBlock: Bool) -> String {
        (isBlock ? "\(kind.name), and " : "") + "quiz, type: \(kind.name)"
    }

    /// The value of `type` differs from kind to kind, its meaning does not.
    private static func isShared(_ key: KeySchema, _ questions: [any QuestionKind]) -> Bool {
        questions.allSatisfy { kind in
            FormatSchema.quiz(kind).contains { $0 == key || ($0.name == "type" && key.name == "type") }
        }
    }

    private static func table(_ keys: [KeySchema]) -> String {
        let lines = keys.flatMap { rows($0, under: "") }
        return "| key | | value | |\n|---|---|---|---|\n" + lines.map { $0 + "\n" }.joined()
    }

    private static func rows(_ key: KeySchema, under parent: String) -> [String] {
        let name = parent.isEmpty ? "`\(key.name)`" : "\(parent) · `\(key.name)`"
        let value = key.name == "type" ? "word" : describe(key.value)
        let cells = [name, key.isRequired ? "required" : "", value, key.summary]
        let row = "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        return [row] + nested(key.value).flatMap { rows($0, under: name) }
    }

    private static func nested(_ value: ValueSchema) -> [KeySchema] {
        switch value {
        case .mapping(let keys): keys
        case .list(let item): nested(item)
        case .either(let first, let second): nested(first) + nested(second)
        default: []
        }
    }

    private static func describe(_ value: ValueSchema) -> String {
        switch value {
        case .text: "text"
        case .expression: "expression"
        case .markdown: "Markdown"
        case .identifier: "id"
        case .number(let range):
            range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
        case .flag: "`yes` or `no`"
        case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let item): "list: \(describe(item))"
        case .mapping: "mapping"
        case .either(let first, let second): "\(describe(first)) or \(describe(second))"
        case .named: "mapping of names"
        }
    }
}
