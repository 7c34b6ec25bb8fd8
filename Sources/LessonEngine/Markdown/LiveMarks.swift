/// Takes `{{ … }}` out of a text before it is parsed as Markdown, and puts it back afterwards.
///
/// Markdown would otherwise read the `*` in `{{ esp + 4*2 }}` as emphasis and a `|` in a table as the end of a
/// cell. The marks that stand in are private-use characters, which a ``SourceText`` never holds.
struct LiveMarks {
    private static let opener: Unicode.Scalar = "\u{F8F0}"
    private static let closer: Unicode.Scalar = "\u{F8F1}"

    /// What a mark stands for: `{{ … }}` as written, or a `{{` that is not closed on its line.
    private struct Taken {
        let written: String
        let location: SourceLocation
        let isClosed: Bool
    }

    /// The text with marks in place of `{{ … }}`; it has as many lines as before.
    private(set) var marked = ""
    private var taken: [Taken] = []

    /// - Parameter locate: where the `{{` on a line and at a column, both from 0, stands in the file; called once
    ///   for each `{{` in the text, in order.
    init(_ text: String, locate: (_ line: Int, _ column: Int) -> SourceLocation) {
        var lines: [String] = []
        for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            let number = lines.count
            lines.append(mark(line) { locate(number, $0) })
        }
        marked = lines.joined(separator: "\n")
    }

    private mutating func mark(_ line: Substring.UnicodeScalarView, locate: (Int) -> SourceLocation) -> String {
        var result = String.UnicodeScalarView()
        var rest = line
        while let start = rest.firstPair("{") {
            result.append(contentsOf: rest[..<start])
            result.append(contentsOf: "\(Self.opener)\(taken.count)\(Self.closer)".unicodeScalars)
            let place = locate(line.distance(from: line.startIndex, to: start))
            let inner = rest[rest.index(start, offsetBy: 2)...]
            if let end = Self.end(of: inner) {
                taken.append(Taken(written: String(rest[start..<end]), location: place, isClosed: true))
                rest = rest[end...]
            } else {
                taken.append(Taken(written: "{{", location: place, isClosed: false))
                rest = inner
            }
        }
        result.append(contentsOf: rest)
        return String(result)
    }

    /// Behind the `}}` that closes an expression. A back-tick ends the search: `{{` in a code span is no expression,
    /// and must not reach for a `}}` behind the span.
    private static func end(of inner: Substring.UnicodeScalarView) -> String.Index? {
        guard let end = inner.firstPair("}") else { return nil }
        let expression = inner[..<end]
        guard !expression.contains("`"), expression.firstPair("{") == nil else { return nil }
        return inner.index(end, offsetBy: 2)
    }

    static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == opener || scalar == closer }

    /// The text as its author wrote it, for code and other places where `{{` means nothing.
    func literal(_ text: String) -> String {
        pieces(of: text).map { piece in
            switch piece {
            case .text(let text): text
            case .taken(let taken): taken.written
            }
        }.joined()
    }

    /// The text with its live expressions. A `{{` without an end and an empty one are reported.
    func inlines(_ text: String, report: (Diagnostic) -> Void) -> [Inline] {
        pieces(of: text).map { piece in
            switch piece {
            case .text(let text): return .text(text)
            case .taken(let taken):
                let live = LiveExpression(
                    source: String(taken.written.dropFirst(2).dropLast(2)), location: taken.location)
                guard taken.isClosed, !live.expression.isEmpty else {
                    report(Self.problem(with: taken))
                    return .text(taken.written)
                }
                return .live(live)
            }
        }
    }

    private static func problem(with taken: Taken) -> Diagnostic {
        guard taken.isClosed else {
            return .error(
                .unclosedLive, at: taken.location, "this {{ has no }} on the same line",
                note: "close it with }}, or write `{{` as code if no value is to stand here")
        }
        return .error(
            .emptyLive, at: taken.location, "there is no expression between {{ and }}", note: "for example {{ eax }}")
    }
}

extension LiveMarks {
    private enum Piece {
        case text(String)
        case taken(Taken)
    }

    private func pieces(of text: String) -> [Piece] {
        var result: [Piece] = []
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(of: Self.opener), let end = rest[start...].firstIndex(of: Self.closer) {
            if start > rest.startIndex { result.append(.text(String(rest[..<start]))) }
            let number = Int(String(rest[rest.index(after: start)..<end]))
            if let number, taken.indices.contains(number) { result.append(.taken(taken[number])) }
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { result.append(.text(String(rest))) }
        return result
    }
}

extension Substring.UnicodeScalarView {
    /// Where `scalar` first stands twice in a row.
    fileprivate func firstPair(_ scalar: Unicode.Scalar) -> Index? {
        var previous: Index?
        for index in indices {
            guard self[index] == scalar else {
                previous = nil
                continue
            }
            if let previous { return previous }
            previous = index
        }
        return nil
    }
}
