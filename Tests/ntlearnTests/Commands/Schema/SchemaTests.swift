import Foundation
import LessonEngine
import Lessons
import Testing
import Yams

@testable import ntlearn

@Suite("The JSON Schemas of the lesson format")
struct SchemaTests {
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../..").standardizedFileURL
    private static let registry = Registry.withMachines(Learner.machines)

    @Test("The files in the folder schema are what ntlearn schema prints", arguments: SchemaFile.all.map(\.name))
    func shipped(name: String) throws {
        let schema = try #require(SchemaFile.all.first { $0.name == name })
        let file = Self.repository.appendingPathComponent("schema/\(schema.fileName)")
        if ProcessInfo.processInfo.environment["NTLEARN_RECORD"] == "1" {
            return try schema.text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect((try? String(contentsOf: file, encoding: .utf8)) == schema.text, "NTLEARN_RECORD=1 records anew")
        #expect(try runNtlearn(arguments: ["schema", name]).stdout == schema.text)
    }

    @Test("ntlearn schema lists its kinds, and guesses one that was mistyped")
    func command() throws {
        let list = try runNtlearn(arguments: ["schema"]).stdout
        #expect(list == SchemaFile.all.map { $0.name + "\n" }.joined())
        let wrong = try runNtlearn(arguments: ["schema", "quizz"])
        #expect(wrong.status == 2)
        #expect(wrong.stderr == "ntlearn: there is no schema of `quizz`\ndid you mean quiz?\n")
    }

    /// Pieces of YAML and the schema that each must obey.
    private struct Piece {
        let schema: String
        let place: String
        let yaml: String
    }

    private static func pieces(ofLesson text: String, _ place: String) -> [Piece] {
        var pieces: [Piece] = []
        if text.hasPrefix("---\n"), let end = text.range(of: "\n---\n") {
            pieces.append(
                Piece(
                    schema: "lesson", place: place,
                    yaml: String(text[text.index(text.startIndex, offsetBy: 4)..<end.lowerBound])))
        }
        let blocks = ("\n" + text).components(separatedBy: "\n```").dropFirst()
        for block in blocks {
            let lines = block.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let info = lines[0].split(separator: " ")
            guard info.count == 2, info[1].hasPrefix("id="), SchemaFile.all.contains(where: { $0.name == info[0] })
            else {
                continue
            }
            pieces.append(
                Piece(
                    schema: String(info[0]), place: "\(place) \(info[1])", yaml: lines.count > 1 ? String(lines[1]) : ""
                ))
        }
        return pieces
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
    }

    private static func allPieces() throws -> [Piece] {
        let lessons = try FileManager.default.contentsOfDirectory(
            atPath: repository.appendingPathComponent("content/lessons").path
        )
        .filter { $0.hasSuffix(".md") }
        var pieces: [Piece] = []
        for lesson in lessons {
            let text = try text("content/lessons/\(lesson)")
            // What the loader itself refuses is no business of the schemas'.
            let loaded = CourseLoader(registry: registry).loadLesson(text: text, file: lesson)
            if loaded.diagnostics.isEmpty { pieces += Self.pieces(ofLesson: text, lesson) }
        }
        pieces += Self.pieces(ofLesson: try text("docs/lesson-format.md"), "lesson-format.md")
        pieces += Self.pieces(ofLesson: try text("content/card.md"), "card.md")
        pieces += Self.pieces(ofLesson: LessonSkeleton(id: "a", title: "A").text, "skeleton")
        pieces.append(Piece(schema: "course", place: "course.yaml", yaml: try text("content/course.yaml")))
        pieces.append(Piece(schema: "course", place: "skeleton", yaml: CourseSkeleton(id: "a", title: "A").text))
        return pieces
    }

    private static func validators() throws -> [String: SchemaValidator] {
        try Dictionary(uniqueKeysWithValues: SchemaFile.all.map { ($0.name, try SchemaValidator($0.text)) })
    }

    @Test("Every lesson of the course, every example of the reference and every skeleton is valid")
    func valid() throws {
        let validators = try Self.validators()
        let pieces = try Self.allPieces()
        #expect(pieces.count > 20)
        for piece in pieces {
            let value = try #require(try Yams.load(yaml: piece.yaml), "\(piece.place)")
            #expect(validators[piece.schema]?.problems(value) == [], "\(piece.place)")
        }
    }

    @Test("A key that the format does not have is refused in each of them")
    func unknownKeys() throws {
        let validators = try Self.validators()
        for piece in try Self.allPieces() {
            let value = try #require(try Yams.load(yaml: piece.yaml + "\nzyzzyva: 1\n"))
            #expect(validators[piece.schema]?.problems(value) == ["/zyzzyva is unknown"], "\(piece.place)")
        }
    }

    @Test(
        "Mistakes are refused",
        arguments: [
            ("course", "format: 2\nid: a\ntitle: A\nlessons: []", "/format is not listed"),
            ("course", "format: 1\nid: a\ntitle: A", "/lessons is missing"),
            (
                "course", "format: 1\nid: a b\ntitle: A\nlessons: []",
                "/id does not match ^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
            ),
            ("lesson", "format: 1\nid: a\ntitle: A\nminutes: 0", "/minutes is below 1"),
            ("quiz", "type: choise\nask: Q", "/type is not listed"),
            ("quiz", "type: text\nask: Q", "/answer is missing"),
            ("quiz", "type: text\nask: Q\nanswer: a\nchoices: [b]", "/choices is unknown"),
            ("trace", "machine: [xp]", "/machine is none of [\"string\", \"number\", \"boolean\"]"),
        ])
    func mistakes(schema: String, yaml: String, problem: String) throws {
        let value = try #require(try Yams.load(yaml: yaml))
        #expect(try Self.validators()[schema]?.problems(value) == [problem])
    }

    /// The keys that the loader asks for, as its diagnostic of an unknown key tells them.
    private func keysRead(_ text: String) throws -> [String] {
        let loaded = CourseLoader(registry: Self.registry).loadLesson(text: text, file: "one.md")
        let note = try #require(loaded.diagnostics.first { $0.code == "unknown-key" }?.note, "\(loaded.diagnostics)")
        let list = try #require(note.split(separator: "the keys here are ").last)
        return list.split(separator: ", ").map(String.init)
    }

    private static let front = "---\nformat: 1\nid: one\ntitle: One\n---\n"

    @Test("Each kind's schema has the keys that the loader reads, no more and no fewer")
    func sameKeys() throws {
        var questions: Set<String> = []
        var blocks: Set<String> = []
        for piece in try Self.allPieces() where piece.schema != "course" {
            if piece.schema == "lesson" {
                let read = try keysRead("---\n\(piece.yaml)\nzyzzyva: 1\n---\ntext\n")
                #expect(read == FormatSchema.lesson.map(\.name).sorted())
                continue
            }
            let read = try keysRead("\(Self.front)```\(piece.schema) id=q\n\(piece.yaml)\nzyzzyva: 1\n```\n")
            if piece.schema == "quiz" {
                let type = try #require(try (Yams.load(yaml: piece.yaml) as? [String: Any])?["type"] as? String)
                let kind = try #require(Self.registry.questions[type])
                #expect(read == FormatSchema.quiz(kind).map(\.name).sorted(), "\(piece.place)")
                questions.insert(type)
            } else {
                let kind = try #require(Self.registry.blocks[piece.schema])
                let keys = FormatSchema.block(kind, in: Self.registry)
                #expect(read == keys.map(\.name).sorted(), "\(piece.place)")
                blocks.insert(piece.schema)
            }
        }
        #expect(questions == Set(Self.registry.questions.keys), "each kind of question has an example in the reference")
        #expect(blocks == Set(SchemaFile.all.map(\.name)).subtracting(["course", "lesson", "quiz"]))
    }

    @Test("So has course.yaml's")
    func courseKeys() throws {
        let folder = try TemporaryFolder()
        try folder.write("course.yaml", "format: 1\nid: a\ntitle: A\nlessons: []\nzyzzyva: 1\n")
        let note = CourseLoader(registry: Self.registry).load(directory: folder.path).diagnostics.first?.note
        #expect(note == "the keys here are \(FormatSchema.course.map(\.name).sorted().joined(separator: ", "))")
    }

    @Test(
        "So have the mappings within a block",
        arguments: [
            ("choice", "choices", "choices: [{text: a1, correct: yes, zyzzyva: 1}, b1]"),
            ("many", "choices", "choices: [{text: a1, correct: yes, zyzzyva: 1}, b1]"),
            ("match", "pairs", "pairs: [{left: a1, right: b1, zyzzyva: 1}, {left: a2, right: b2}]"),
            ("text", "feedback", "answer: a1\nfeedback: [{given: b1, say: no, zyzzyva: 1}]"),
        ])
    func nested(type: String, key: String, yaml: String) throws {
        let kind = try #require(Self.registry.questions[type])
        let value = try #require(FormatSchema.quiz(kind).first { $0.name == key }).value
        let read = try keysRead("\(Self.front)```quiz id=q\ntype: \(type)\nask: Q?\n\(yaml)\n```\n")
        #expect(read == value.mappingKeys.map(\.name).sorted())
    }
}

extension SchemaTests {
    @Test("So have the predictions of a trace")
    func predictions() throws {
        let value = try #require(Self.registry.blocks["trace"]?.keys.first { $0.name == "predict" }).value
        let yaml = "machine: xp\ncall: NtClose(4)\npredict: [{at: ntdll!NtClose, ask: eax, zyzzyva: 1}]"
        let read = try keysRead("\(Self.front)```trace id=t\n\(yaml)\n```\n")
        #expect(read == value.mappingKeys.map(\.name).sorted())
    }
}

extension ValueSchema {
    /// The keys of the first mapping in it.
    fileprivate var mappingKeys: [KeySchema] {
        switch self {
        case .mapping(let keys): keys
        case .list(let item), .named(let item): item.mappingKeys
        case .either(let first, let second): first.mappingKeys + second.mappingKeys
        default: []
        }
    }
}
