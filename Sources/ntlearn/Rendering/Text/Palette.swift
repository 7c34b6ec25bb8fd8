/// How styles look: SGR parameters (ECMA-48, 8.3.117), or nothing.
enum Palette: Sendable, CaseIterable {
    /// No escape sequences at all.
    case none
    /// The 8 colours of every terminal, which its user chose to suit the background.
    case basic
    /// The 256 indexed colours: mid-tones that read well on black and on white.
    case extended

    /// The parameters that switch a style on.
    func parameters(of style: Style) -> String {
        switch self {
        case .none: ""
        case .basic: Self.attribute(of: style) ?? Self.basicColour(of: style)
        case .extended: Self.attribute(of: style) ?? "38;5;\(Self.index(of: style))"
        }
    }

    /// Styles that need no colour.
    private static func attribute(of style: Style) -> String? {
        switch style {
        case .heading, .strong: "1"
        case .emphasis: "3"
        case .link: "4"
        case .strikethrough: "9"
        case .code, .dim, .user, .kernel, .good, .bad, .changed: nil
        }
    }

    /// Neither yellow, invisible on white, nor bright black, invisible in Solarized.
    private static func basicColour(of style: Style) -> String {
        switch style {
        case .code: "36"
        case .dim: "2"
        case .user: "94"
        case .kernel: "35"
        case .good: "32"
        case .bad: "31"
        default: "1"
        }
    }

    /// The xterm colour index, 16 to 255, of a style that has a colour of its own.
    static func index(of style: Style) -> Int {
        switch style {
        case .code: 30
        case .user: 32
        case .kernel: 133
        case .good: 28
        case .bad: 160
        case .changed: 130
        default: 243
        }
    }
}

extension Palette {
    /// The text as bytes for the terminal: the only way there, so that no control character of a file passes.
    func paint(_ text: StyledText) -> String {
        text.spans.map(paint).joined()
    }

    /// Lines, each ended.
    func paint(_ lines: [StyledText]) -> String {
        lines.map { paint($0) + "\n" }.joined()
    }

    private func paint(_ span: StyledText.Span) -> String {
        let text = Self.withPlainSpaces(Sanitizer.clean(span.text))
        guard self != .none, !span.styles.isEmpty else { return text }
        let parameters = Style.allCases.filter(span.styles.contains).map(parameters)
        return "\u{1B}[\(parameters.joined(separator: ";"))m\(text)\u{1B}[0m"
    }

    /// Lines are broken by now; who searches or copies them expects a space where one is seen.
    private static func withPlainSpaces(_ text: String) -> String {
        text.utf8.contains(0xC2) ? text.replacing("\u{A0}", with: " ") : text
    }
}
