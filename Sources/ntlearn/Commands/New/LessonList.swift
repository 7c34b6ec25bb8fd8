import Foundation
import LessonEngine
import Lessons

/// The lessons that a `course.yaml` lists, as text: comments, order and layout are the author's and stay.
struct LessonList {
    private let file: String
    private let text: String

    init(course folder: String) throws(CommandFailure) {
        file = "\(folder)/course.yaml"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandFailure(
                "there is no course.yaml in \(folder)\n"
                    + "name the course's folder with --course, or make one: ntlearn new course",
                status: 2)
        }
        self.text = text
    }

    /// The file's text with a lesson more; the same text if the lesson is listed already.
    func adding(_ name: String) throws(CommandFailure) -> String {
        let before = CourseLoader.lessonNames(inCourse: text)
        if before.contains(name) { return text }
        let changed = LessonListEditor(text).adding(name)
        // What the editor does is only text: the reader has the last word.
        guard let changed, CourseLoader.lessonNames(inCourse: changed) == before + [name] else {
            throw CommandFailure(
                "cannot add to the key `lessons` of \(file)\nadd `\(name)` to it yourself, then try again")
        }
        return changed
    }

    func replace(by changed: String) throws(CommandFailure) {
        guard changed != text else { return }
        do { try changed.write(toFile: file, atomically: true, encoding: .utf8) } catch {
            throw CommandFailure(
                "cannot write \(file): \(error.localizedDescription)\nadd the lesson to its key `lessons` yourself",
                status: 2)
        }
    }
}

/// Puts a name at the end of the list under `lessons:`, in either of YAML's ways to write one.
struct LessonListEditor {
    private var lines: [String]

    init(_ text: String) { lines = text.components(separatedBy: "\n") }

    /// Nil for a list in a form that this does not know.
    func adding(_ name: String) -> String? {
        guard let key = lines.firstIndex(where: { $0.hasPrefix("lessons:") }) else { return nil }
        let value = Self.withoutComment(lines[key].dropFirst("lessons:".count)).drop(while: \.isWhitespace)
        if value.isEmpty { return block(name, key) }
        return value.first == "[" ? flow(name, key) : nil
    }

    private func block(_ name: String, _ key: Int) -> String {
        var last = key
        var indent = "  "
        for index in lines.indices.dropFirst(key + 1) {
            let content = lines[index].drop(while: \.isWhitespace)
            if content.isEmpty || content.first == "#" { continue }
            guard content.hasPrefix("- ") else { break }
            last = index
            indent = String(lines[index].prefix { $0.isWhitespace })
        }
        var changed = lines
        changed.insert("\(indent)- \(name)", at: last + 1)
        return changed.joined(separator: "\n")
    }

    /// Behind the last name before the closing bracket, so that a comment keeps its line.
    private func flow(_ name: String, _ key: Int) -> String? {
        var behind: (line: Int, column: Int)?
        var isEmpty = true
        for index in lines.indices.dropFirst(key) {
            let code = Self.withoutComment(lines[index][...])
            for (column, character) in code.enumerated() {
                if character == "]", let behind { return inserting(isEmpty ? name : ", \(name)", at: behind) }
                if character == "[", behind == nil {
                    behind = (index, column + 1)
                } else if behind != nil, !character.isWhitespace {
                    behind = (index, column + 1)
                    isEmpty = false
                }
            }
        }
        return nil
    }

    private func inserting(_ text: String, at place: (line: Int, column: Int)) -> String {
        var changed = lines
        let line = lines[place.line]
        let index = line.index(line.startIndex, offsetBy: place.column)
        changed[place.line] = line[..<index] + text + line[index...]
        return changed.joined(separator: "\n")
    }

    /// A comment begins at a `#` behind a blank.
    private static func withoutComment(_ line: Substring) -> Substring {
        var previous: Character = " "
        for index in line.indices {
            if line[index] == "#", previous.isWhitespace { return line[..<index] }
            previous = line[index]
        }
        return line
    }
}
