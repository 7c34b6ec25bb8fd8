import ArgumentParser
import LessonEngine

/// How `ntlearn check` writes a diagnostic.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, github

    /// The diagnostic with its line feed.
    func line(_ diagnostic: Diagnostic, _ palette: Palette) -> [UInt8] {
        switch self {
        case .text: Array(palette.paint(Self.text(diagnostic)).utf8)
        case .json: Self.json(diagnostic).bytes + [UInt8(ascii: "\n")]
        case .github: Array((Self.github(diagnostic) + "\n").utf8)
        }
    }

    private static func text(_ diagnostic: Diagnostic) -> [StyledText] {
        let kind = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]"
        let style: Style = diagnostic.severity == .error ? .bad : .changed
        let first =
            StyledText("\(diagnostic.location): ", .strong) + StyledText(kind, style)
            + StyledText(": " + diagnostic.message.replacing("\n", with: "; "))
        return [first] + (diagnostic.note.map { [StyledText("  hint: \($0)", .dim)] } ?? [])
    }

    private static func json(_ diagnostic: Diagnostic) -> JSONLine {
        JSONLine { line in
            line.string("severity", diagnostic.severity.rawValue)
            line.string("file", diagnostic.location.file)
            line.integer("line", diagnostic.location.line)
            line.integer("column", diagnostic.location.column)
            line.string("code", diagnostic.code)
            line.string("message", diagnostic.message)
            line.string("note", diagnostic.note)
        }
    }

    /// A workflow command of GitHub Actions, with the escapes that its properties and its message need.
    private static func github(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.location
        let message = diagnostic.message + (diagnostic.note.map { "\n\($0)" } ?? "")
        return "::\(diagnostic.severity.rawValue) file=\(property(place.file)),line=\(place.line),col=\(place.column),"
            + "title=\(property(diagnostic.code))::\(escaped(message))"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
