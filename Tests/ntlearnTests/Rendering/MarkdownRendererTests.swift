import LessonEngine
import Testing

@testable import ntlearn

@Suite("Markdown on a terminal")
struct MarkdownRendererTests {
    @Test("Each element looks as recorded", arguments: Sample.allCases, Screen.allCases)
    func snapshot(sample: Sample, screen: Screen) throws {
        let text = render(sample.blocks, on: screen, live: { _ in "0x19" })
        try expectSnapshot(text, "\(sample.rawValue)-\(screen.rawValue)")
    }

    @Test("Prose and tables stay within the terminal", arguments: Sample.allCases, [20, 40, 80, 120])
    func withinColumns(sample: Sample, columns: Int) {
        guard sample != .code else { return }
        let terminal = Terminal(isTTY: false, columns: columns, environment: [:], plain: false)
        let lines = MarkdownRenderer(layout: Layout(terminal), live: { _ in "0x19" }).lines(sample.blocks)
        #expect(lines.allSatisfy { $0.width <= min(columns, 100) })
    }

    @Test("Every screen shows every word", arguments: Sample.allCases, Screen.allCases)
    func nothingLost(sample: Sample, screen: Screen) {
        // Words may be broken between lines, columns and styles: only letters are compared.
        func letters(_ text: String) -> [Character: Int] {
            text.filter(\.isLetter).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        let shown = letters(render(sample.blocks, on: screen))
        // A callout's mark is shown as a word, and that one in lower case.
        for (letter, count) in letters(sample.blocks.plainText) where letter.isLowercase {
            #expect(shown[letter, default: 0] >= count, "\(letter)")
        }
    }

    @Test("Without colour and in plain mode there is no escape sequence", arguments: Sample.allCases)
    func noEscapes(sample: Sample) {
        for screen in [Screen.plain, .columns80] {
            #expect(!render(sample.blocks, on: screen).unicodeScalars.contains("\u{1B}"))
        }
    }

    @Test("Plain output has nothing that a screen reader would spell out", arguments: Sample.allCases)
    func plainHasNoDecoration(sample: Sample) {
        let text = render(sample.blocks, on: .plain, live: { _ in "0x19" })
        #expect(!text.contains { "│─═•`*~|".contains($0) })
    }

    @Test("A table row is one sentence in plain mode, without its empty cells")
    func plainTable() {
        let text = render(Sample.table.blocks, on: .plain)
        #expect(
            text
                == "Register: EAX; Value: 0x19; Ring: 3.\nRegister: EDX; Value: 0x12fefc; Ring: 3.\nValue: 0; Ring: none.\n"
        )
    }

    @Test("Code is never wrapped, and a line that barely fits loses its indent instead")
    func codeIsWhole() {
        let line = String(repeating: "x", count: 79)
        #expect(render([.code(info: "", text: line + "\n")], on: .columns80) == " \(line)\n")
        let long = String(repeating: "x", count: 300)
        #expect(render([.code(info: "", text: long)], on: .columns40) == long + "\n")
    }

    @Test("A live value that a hostile file supplies cannot steer the terminal")
    func hostileLiveValue() {
        let live = LiveExpression(
            blockID: nil, expression: "eax", location: SourceLocation(file: "l.md", line: 1, column: 1))
        let text = render([.paragraph([.live(live)])], on: .columns80, live: { _ in "\u{1B}[2Jgone\u{9B}1m" })
        #expect(text == "\u{FFFD}[2Jgone\u{FFFD}1m\n")
    }

    @Test("Nothing makes nothing, and empty elements do not crash")
    func empty() {
        #expect(render([], on: .columns80).isEmpty)
        let blocks: [MarkdownBlock] = [
            .paragraph([]), .heading(level: 1, []), .list(start: .max, items: [[], []]), .list(start: nil, items: []),
            .quote([]), .code(info: "", text: ""), .table(alignments: [], header: [], rows: [[]]),
            .table(alignments: [], header: [[.text("a")]], rows: [[[.text("b")], [.text("c")]], []]),
        ]
        for screen in Screen.allCases { #expect(!render(blocks, on: screen).isEmpty) }
    }

    @Test("Nesting deeper than the terminal is wide still shows its text")
    func deepNesting() {
        let deep = (0..<60).reduce(MarkdownBlock.text("the bottom")) { inner, _ in .list(start: nil, items: [[inner]]) }
        #expect(render([deep], on: .columns40).contains("the bottom"))
    }
}
