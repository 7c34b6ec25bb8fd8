import Foundation

/// Why a profile's file cannot be read. Nothing of such a file is taken.
public struct ProfileFileError: Error, Equatable, CustomStringConvertible {
    /// The line, counted from 1.
    public let line: Int
    /// What is wrong there, and what would work.
    public let message: String

    /// `12: this line is no JSON object …`
    public var description: String { "\(line): \(message)" }
}

/// Reads a profile's file, or refuses it whole.
struct ProfileReader {
    private var file = ProfileFile(profile: "")
    private var line = 0

    static func read(_ text: String) throws(ProfileFileError) -> ProfileFile {
        var reader = ProfileReader()
        return try reader.read(text)
    }

    private mutating func read(_ text: String) throws(ProfileFileError) -> ProfileFile {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines = lines.dropLast() }
        guard let last = lines.indices.last else { throw error("the file is empty") }
        for (index, text) in zip(lines.indices, lines) {
            line += 1
            let members = try members(text)
            switch index {
            case 0: try head(members)
            case last: try end(members)
            default: try body(members)
            }
        }
        guard last > 0 else { throw error(Self.cutShort) }
        return file
    }

    private static let cutShort = "the file ends here, without its last line; it was cut short. Export it again"

    private func error(_ message: String) -> ProfileFileError { ProfileFileError(line: max(line, 1), message: message) }

    private func members(_ text: Substring) throws(ProfileFileError) -> [String: Any] {
        let object = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        guard let members = object as? [String: Any] else {
            throw error(
                line == 1 ? "this is no profile: its first line is no JSON object" : "this line is no JSON object")
        }
        return members
    }

    private mutating func head(_ members: [String: Any]) throws(ProfileFileError) {
        guard members["kind"] as? String == "ntlearn-profile" else {
            throw error("this is no profile: `ntlearn profile export` writes one")
        }
        let version = try number("version", members)
        guard version == ProfileFile.version else {
            throw error(
                "a newer ntlearn wrote this profile, in version \(version); this one reads \(ProfileFile.version)")
        }
        file.profile = try text("profile", members)
    }

    private mutating func body(_ members: [String: Any]) throws(ProfileFileError) {
        switch try text("kind", members) {
        case "answer": file.answers.append(try answer(members))
        case "archived":
            var answer = try answer(members)
            answer.archivedAt = try time("archived", members)
            file.archived.append(answer)
        case "position":
            file.positions.append(
                KeptPosition(
                    course: try text("course", members), lesson: try text("lesson", members),
                    page: try number("page", members), time: try time("time", members)))
        case "end": throw error("lines follow behind the last one")
        case let kind: throw error("there is no kind of line called \"\(kind.prefix(40))\"")
        }
    }

    private func end(_ members: [String: Any]) throws(ProfileFileError) {
        guard members["kind"] as? String == "end" else { throw error(Self.cutShort) }
        let count = file.answers.count + file.archived.count + file.positions.count
        let written = try number("lines", members)
        guard written == count else {
            throw error("\(written) lines were written before this one, and \(count) are here")
        }
    }

    private func answer(_ members: [String: Any]) throws(ProfileFileError) -> KeptAnswer {
        guard let verdict = AnswerRecord.Verdict(rawValue: try text("verdict", members)) else {
            let known = AnswerRecord.Verdict.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("`verdict` is none of \(known)")
        }
        guard let seed = UInt64(try text("seed", members)) else {
            throw error("`seed` is no whole number from 0 to \(UInt64.max), in quotes")
        }
        return KeptAnswer(
            course: try text("course", members), lesson: try text("lesson", members),
            question: try text("question", members), contentHash: try text("content_hash", members), seed: seed,
            answer: try text("answer", members, mayBeEmpty: true), verdict: verdict, time: try time("time", members),
            hints: try number("hints", members))
    }

    // MARK: Members

    private func text(
        _ name: String, _ members: [String: Any], mayBeEmpty: Bool = false
    ) throws(ProfileFileError) -> String {
        guard let text = members[name] as? String, mayBeEmpty || !text.isEmpty, !text.contains("\0") else {
            throw error("`\(name)` is missing or no text")
        }
        return text
    }

    private func number(_ name: String, _ members: [String: Any]) throws(ProfileFileError) -> Int {
        guard let number = members[name] as? Int, number >= 0, number <= Int32.max else {
            throw error("`\(name)` is missing or no whole number from 0 on")
        }
        return number
    }

    private func time(_ name: String, _ members: [String: Any]) throws(ProfileFileError) -> String {
        guard let time = ProfileTime.kept(try text(name, members)) else {
            throw error("`\(name)` is no time such as 2026-11-22T21:50:43.125Z")
        }
        return time
    }
}
