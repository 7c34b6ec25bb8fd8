/// Where the lines of a text that an author wrote as a YAML value stand in the file.
public struct TextPlace: Sendable {
    private let start: SourceLocation
    /// Of the text's first line, seen from `start`.
    private let firstLine: Int
    /// Characters before each line of the text.
    private let indentation: Int

    /// Where a character of the text stands; the value's beginning if that cannot be told.
    /// - Parameters:
    ///   - line: in the text, 1-based.
    ///   - column: in the text, 1-based.
    public func location(line: Int, column: Int) -> SourceLocation {
        guard firstLine > 0 else {
            let isFirst = line == 1
            return SourceLocation(
                file: start.file, line: start.line, column: start.column + (isFirst ? indentation + column - 1 : 0))
        }
        return SourceLocation(
            file: start.file, line: start.line + firstLine + line - 1, column: indentation + column)
    }

    /// A text whose first line stands below a fence at the left margin.
    init(below fence: SourceLocation) {
        start = fence
        firstLine = 1
        indentation = 0
    }

    init(_ start: SourceLocation, in source: SourceText) {
        self.start = start
        func line(_ number: Int) -> String { source.lines.indices.contains(number - 1) ? source.lines[number - 1] : "" }
        let opening = line(start.line).unicodeScalars.dropFirst(start.column - 1).first
        guard opening == "|" else {
            firstLine = 0
            indentation = opening == "\"" || opening == "'" ? 1 : 0
            return
        }
        firstLine = 1
        let text = source.lines.dropFirst(start.line).first { !$0.allSatisfy { $0 == " " } } ?? ""
        indentation = text.prefix { $0 == " " }.count
    }
}

extension Fields {
    /// Where the lines of a text stand.
    public func place(of text: Located<String>) -> TextPlace { TextPlace(text.location, in: context.source) }
}
