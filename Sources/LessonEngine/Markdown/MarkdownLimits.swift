/// Bounds that keep the Markdown parser's worst cases, which are quadratic, below a blink.
///
/// Lines that break a bound are reported and left blank, so that the rest of the text is still read.
struct MarkdownLimits {
    private static let longestLine = 2_000
    /// Bytes in lines without a blank one between them: a paragraph, a list, a table, a code block.
    private static let longestParagraph = 16 * 1024
    private static let deepestNesting = 16
    /// Cells of all tables of a text: short rows are filled up, so that few bytes can become many cells.
    private static let mostCells = 20_000

    private var paragraphBytes = 0
    private var paragraphColumns = 0
    private var cells = 0

    /// Reports each line that breaks a bound, counted from 0, and returns the text without it.
    static func apply(to text: String, report: (DiagnosticCode, _ line: Int, _ message: String) -> Void) -> String {
        var limits = MarkdownLimits()
        var lines: [String] = []
        for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let (code, message) = limits.problem(with: line) {
                report(code, lines.count, message)
                lines.append("")
                limits.startParagraph()
            } else {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n")
    }

    private mutating func startParagraph() {
        paragraphBytes = 0
        paragraphColumns = 0
    }

    private mutating func problem(with line: String) -> (DiagnosticCode, String)? {
        count(line)
        if line.utf8.count > Self.longestLine {
            return (.tooLong, "this line is longer than \(Self.longestLine) bytes")
        }
        if paragraphBytes > Self.longestParagraph {
            return (.tooLong, "there are more than \(Self.longestParagraph / 1024) KiB here without a blank line")
        }
        if Self.containers(openedBy: line) > Self.deepestNesting {
            return (.tooDeep, "lists and quotations are nested more than \(Self.deepestNesting) levels deep")
        }
        if cells > Self.mostCells { return (.tooLong, "the tables have more than \(Self.mostCells) cells in all") }
        return nil
    }

    private mutating func count(_ line: String) {
        guard line.utf8.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else {
            startParagraph()
            return
        }
        paragraphBytes += line.utf8.count + 1
        paragraphColumns = max(paragraphColumns, line.utf8.count { $0 == UInt8(ascii: "|") })
        cells += paragraphColumns
    }

    /// How many quotations and list items the beginning of a line may open, at most.
    private static func containers(openedBy line: String) -> Int {
        var count = 0
        let bytes = Array(line.utf8) + [UInt8(ascii: " ")]
        for (byte, next) in zip(bytes, bytes.dropFirst()) {
            switch byte {
            case UInt8(ascii: ">"): count += 1
            case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ")"):
                if next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") { count += 1 }
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "\t"): continue
            default: return count
            }
        }
        return count
    }
}
