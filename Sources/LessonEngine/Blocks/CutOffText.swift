/// Finds texts without quotation marks that YAML has cut off: of `raises #GP with code 0` it leaves `raises`, for what
/// stands behind a blank and a `#` is a comment.
///
/// Authors write their comments with a blank behind the `#`; who writes none means a word such as `#GP`.
struct CutOffText {
    let source: SourceText

    /// Where the `#` stands that has cut off a plain text.
    /// - Parameters:
    ///   - text: what YAML has left of it. Line breaks in it may have become blanks.
    ///   - start: where it begins.
    func mark(behind text: String, at start: SourceLocation) -> SourceLocation? {
        var number = start.line
        var rest = line(number)?.dropFirst(start.column - 1)
        for word in text.unicodeScalars.split(whereSeparator: Self.isBlank) {
            while let blank = rest, blank.allSatisfy(Self.isBlank) {
                number += 1
                rest = line(number)
            }
            guard let found = rest?.drop(while: Self.isBlank), found.starts(with: word) else { return nil }
            rest = found.dropFirst(word.count)
        }
        return rest.flatMap { mark(in: $0, line: number) }
    }

    /// Whether a line has a `#` that could have cut off a text.
    static func holdsMark(_ line: String) -> Bool {
        let scalars = line.unicodeScalars
        return zip(scalars, zip(scalars.dropFirst(), scalars.dropFirst(2))).contains { before, mark in
            isBlank(before) && mark.0 == "#" && !isBlank(mark.1) && mark.1 != "#"
        }
    }

    private func mark(in rest: Substring.UnicodeScalarView, line number: Int) -> SourceLocation? {
        let comment = rest.drop(while: Self.isBlank)
        guard comment.first == "#", comment.startIndex > rest.startIndex,
            let next = comment.dropFirst().first, !Self.isBlank(next), next != "#"
        else { return nil }
        let before = source.lines[number - 1].unicodeScalars[..<comment.startIndex]
        return source.location(line: number, column: before.count + 1)
    }

    private func line(_ number: Int) -> Substring.UnicodeScalarView? {
        guard source.lines.indices.contains(number - 1) else { return nil }
        return Substring(source.lines[number - 1]).unicodeScalars
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
