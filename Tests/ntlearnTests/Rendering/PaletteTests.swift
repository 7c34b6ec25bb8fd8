import Foundation
import Testing

@testable import ntlearn

@Suite("Palette and sanitizer")
struct PaletteTests {
    /// Luminance as WCAG 2 defines it, of an xterm colour from 16 to 255.
    private func luminance(_ index: Int) -> Double {
        func linear(_ level: Int) -> Double {
            let value = Double(level) / 255
            return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let levels = [0, 95, 135, 175, 215, 255]
        let cube = index - 16
        let rgb =
            index >= 232
            ? [Int](repeating: 8 + 10 * (index - 232), count: 3)
            : [levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6]]
        return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
    }

    @Test("Every indexed colour reads on white and on black", arguments: Style.allCases)
    func legible(style: Style) {
        let own = luminance(Palette.index(of: style))
        #expect(1.05 / (own + 0.05) >= 3.5, "on white")
        #expect((own + 0.05) / 0.05 >= 3.5, "on black")
    }

    @Test("The rings, right and wrong, and what changed look different", arguments: [Palette.basic, .extended])
    func distinct(palette: Palette) {
        let styles: [Style] = [.user, .kernel, .good, .bad, .changed, .code, .dim]
        #expect(Set(styles.map(palette.parameters)).count == styles.count)
    }

    @Test("Styles end where the text ends, and styles within each other add up")
    func paint() {
        let text = StyledText("a ") + StyledText("b", .strong).styled(.emphasis) + " c"
        #expect(Palette.basic.paint(text) == "a \u{1B}[3;1mb\u{1B}[0m c")
        #expect(Palette.none.paint(text) == "a b c")
    }

    @Test(
        "What could steer a terminal or reverse text becomes visible",
        arguments: [
            "\u{1B}", "\u{07}", "\r", "\0", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{2028}", "\u{E0041}",
        ])
    func sanitize(dangerous: String) {
        for palette in Palette.allCases {
            #expect(palette.paint(StyledText("a\(dangerous)b")) == "a\u{FFFD}b")
        }
    }

    @Test("Ordinary text of any script passes unchanged", arguments: ["naïve", "日本語", "👩‍💻", "עברית", "─│•", "e\u{301}"])
    func harmless(text: String) {
        #expect(Sanitizer.clean(text) == text)
    }

    @Test("A line feed that slipped through layout cannot begin a forged line")
    func lineFeed() {
        #expect(Palette.none.paint(StyledText("a\nb")) == "a\u{FFFD}b")
    }
}
