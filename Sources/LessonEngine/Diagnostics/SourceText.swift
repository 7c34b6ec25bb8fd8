/// The text of a file, clean of everything that could steer a terminal, line by line.
struct SourceText: Sendable {
    let file: String
    /// Without their line breaks. Line 1 is `lines[0]`.
    let lines: [String]

    /// Splits at LF and CRLF. Unsafe characters become U+FFFD, so that columns stay true, and are reported once a
    /// line.
    init(file: String, text: String, report: (Diagnostic) -> Void) {
        self.file = file
        var lines: [String] = []
        for raw in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = raw.last == "\r" ? raw.dropLast() : raw
            if let bad = line.firstIndex(where: \.isUnsafe) {
                let column = line.distance(from: line.startIndex, to: bad) + 1
                let location = SourceLocation(file: file, line: lines.count + 1, column: column)
                report(.controlCharacter(line[bad], at: location))
                lines.append(cleaned(line))
            } else {
                lines.append(String(line))
            }
        }
        if lines.count > 1, lines.last == "" { lines.removeLast() }
        self.lines = lines
    }

    func location(line: Int, column: Int = 1) -> SourceLocation {
        SourceLocation(file: file, line: line, column: column)
    }

    /// The lines from `first` to `last`, counted from 1, each with its line break.
    func text(from first: Int, through last: Int) -> String {
        guard first <= last, first >= 1, last <= lines.count else { return "" }
        return lines[(first - 1)..<last].joined(separator: "\n") + "\n"
    }

    /// Where the next `count` pairs of `bracket` (`{{`) stand at or after `start`, as far as `lines` lines reach.
    func openers(
        of bracket: Unicode.Scalar, from start: SourceLocation, count: Int, lines reach: Int
    ) -> [SourceLocation] {
        var found: [SourceLocation] = []
        var line = start.line
        var skip = start.column - 1
        let end = min(lines.count, start.line + reach)
        while found.count < count, line >= 1, line <= end {
            for column in columns(of: bracket, in: lines[line - 1], after: skip) where found.count < count {
                found.append(location(line: line, column: column))
            }
            skip = 0
            line += 1
        }
        return found
    }

    private func columns(of bracket: Unicode.Scalar, in line: String, after skip: Int) -> [Int] {
        var columns: [Int] = []
        let scalars = Array(line.unicodeScalars)
        var index = skip
        while index + 1 < scalars.count {
            if scalars[index] == bracket, scalars[index + 1] == bracket {
                columns.append(index + 1)
                index += 2
            } else {
                index += 1
            }
        }
        return columns
    }
}

extension Unicode.Scalar {
    /// C0 and C1 controls except line feed and tab, line and paragraph separators, characters that reverse the
    /// direction of text, and the private-use characters that this module uses as marks of its own.
    var isUnsafe: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x2028...0x202E, 0x2066...0x2069: true
        case 0xF8F0...0xF8F2: true
        default: false
        }
    }
}

/// The text with each unsafe character replaced by U+FFFD.
func cleaned(_ text: some Sequence<Unicode.Scalar>, except isKept: (Unicode.Scalar) -> Bool = { _ in false }) -> String
{
    var result = String.UnicodeScalarView()
    for scalar in text { result.append(scalar.isUnsafe && !isKept(scalar) ? "\u{FFFD}" : scalar) }
    return String(result)
}

extension Diagnostic {
    static func controlCharacter(_ scalar: Unicode.Scalar, at location: SourceLocation) -> Diagnostic {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return .error(
            .controlCharacter, at: location, "the character \(name) is not allowed in a lesson",
            note: "remove it; tabs and line breaks are the only control characters that a text may hold")
    }
}
