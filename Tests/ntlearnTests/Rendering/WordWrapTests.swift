import Testing

@testable import ntlearn

@Suite("Text: widths and line breaks")
struct WordWrapTests {
    private func wrap(_ text: StyledText, _ width: Int) -> [String] { text.wrapped(to: width).map(\.text) }

    @Test(
        "A character takes the columns that a terminal gives it",
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("中", 2), ("Ａ", 2), ("ｱ", 1), ("한", 2), ("😀", 2), ("👩‍💻", 2), ("🇩🇪", 2),
            ("\u{200B}", 0), ("\u{FFFD}", 1), ("─", 1), ("→", 1), ("❤\u{FE0F}", 2), ("", 0),
        ])
    func displayWidth(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test("Tabs reach the next tab stop, also behind wide characters")
    func tabs() {
        #expect("a\tb".expandingTabs() == "a       b")
        #expect("中\tb".expandingTabs() == "中      b")
        #expect("12345678\tb".expandingTabs() == "12345678        b")
    }

    @Test("Lines break at spaces and are filled to the last column")
    func breaksAtSpaces() {
        #expect(wrap("aaa bbb ccc", 7) == ["aaa bbb", "ccc"])
        #expect(wrap("aaa bbb ccc", 6) == ["aaa", "bbb", "ccc"])
        #expect(wrap("  several   spaces ", 40) == ["several spaces"])
    }

    @Test("A word longer than the line is broken, and no character of it is lost")
    func longWord() {
        #expect(wrap("see 0123456789ab end", 5) == ["see", "01234", "56789", "ab", "end"])
    }

    @Test("A wide character never straddles the edge")
    func wideCharacters() {
        #expect(wrap("中中中", 5) == ["中中", "中"])
    }

    @Test("A no-break space holds words together")
    func noBreakSpace() {
        #expect(wrap("ring\u{A0}3 ring\u{A0}0", 8) == ["ring\u{A0}3", "ring\u{A0}0"])
    }

    @Test("Line feeds are kept, the empty line between two of them as well")
    func lineFeeds() {
        #expect(wrap("a\n\nb", 40) == ["a", "", "b"])
        #expect(wrap("", 40) == [""])
    }

    @Test("A style goes on behind a line break")
    func stylesSurvive() {
        let text = StyledText("mov ") + StyledText("eax, 19h", .code)
        #expect(text.wrapped(to: 8) == [StyledText("mov ") + StyledText("eax,", .code), StyledText("19h", .code)])
    }

    @Test("A hanging indent puts one text before the first line and another before the rest")
    func hangingIndent() {
        let lines = StyledText("aaa bbb").wrapped(to: 3).prefixed(first: "1. ", rest: "   ")
        #expect(lines.map(\.text) == ["1. aaa", "   bbb"])
    }
}
