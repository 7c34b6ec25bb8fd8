import Foundation

/// Writes a profile's file, line by line.
struct ProfileWriter {
    private let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return encoder
    }()

    /// A line of the file. Only the members of its kind are there.
    private struct Line: Encodable {
        var kind: String
        var version: Int?
        var profile: String?
        var course: String?
        var lesson: String?
        var question: String?
        var contentHash: String?
        var seed: String?
        var answer: String?
        var verdict: String?
        var hints: Int?
        var page: Int?
        var time: String?
        var archived: String?
        var lines: Int?
    }

    /// - Parameter write: takes one line after the other, without its line break.
    func write(_ file: ProfileFile, to write: (String) throws -> Void) throws {
        try write(text(Line(kind: "ntlearn-profile", version: ProfileFile.version, profile: file.profile)))
        for answer in file.archived { try write(text(line("archived", answer))) }
        for answer in file.answers { try write(text(line("answer", answer))) }
        for position in file.positions { try write(text(line(position))) }
        let count = file.archived.count + file.answers.count + file.positions.count
        try write(text(Line(kind: "end", lines: count)))
    }

    private func text(_ line: Line) throws -> String { String(decoding: try encoder.encode(line), as: UTF8.self) }

    private func line(_ kind: String, _ answer: KeptAnswer) -> Line {
        Line(
            kind: kind, course: answer.course, lesson: answer.lesson, question: answer.question,
            contentHash: answer.contentHash, seed: String(answer.seed), answer: answer.answer,
            verdict: answer.verdict.rawValue, hints: answer.hints, time: ProfileTime.text(answer.time),
            archived: answer.archivedAt.map(ProfileTime.text))
    }

    private func line(_ position: KeptPosition) -> Line {
        Line(
            kind: "position", course: position.course, lesson: position.lesson, page: position.page,
            time: ProfileTime.text(position.time))
    }
}

/// Times: `2026-11-22T21:50:43.125Z` in a profile's file, `2026-11-22 21:50:43.125` in the database.
enum ProfileTime {
    static func text(_ kept: String) -> String { kept.replacing(" ", with: "T") + "Z" }

    /// Nil for a text that is no time.
    static func kept(_ text: String) -> String? {
        let pattern = #/\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z/#
        guard text.wholeMatch(of: pattern) != nil else { return nil }
        return String(text.dropLast()).replacing("T", with: " ")
    }
}
