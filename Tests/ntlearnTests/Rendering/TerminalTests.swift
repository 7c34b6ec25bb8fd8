import Testing

@testable import ntlearn

@Suite("Terminal: what it can do")
struct TerminalTests {
    private func terminal(
        tty: Bool = true, columns: Int? = 132, plain: Bool = false, _ environment: [String: String]
    ) -> Terminal {
        Terminal(isTTY: tty, columns: columns, environment: environment, plain: plain)
    }

    @Test("The terminal's own width counts, then COLUMNS, then 80")
    func columns() {
        #expect(terminal(["COLUMNS": "60"]).columns == 132)
        #expect(terminal(tty: false, columns: nil, ["COLUMNS": "60"]).columns == 60)
        #expect(terminal(tty: false, columns: nil, [:]).columns == 80)
        for nonsense in ["0", "-5", "wide", ""] {
            #expect(terminal(columns: 0, ["COLUMNS": nonsense]).columns == 80)
        }
    }

    @Test(
        "Colour needs a terminal that has it and a user who wants it",
        arguments: [
            (["TERM": "xterm-256color"], Palette.extended), (["TERM": "linux"], .basic),
            (["TERM": "xterm", "COLORTERM": "truecolor"], .extended), (["TERM": "dumb"], .none), ([:], .none),
            (["TERM": "xterm", "NO_COLOR": "1"], .none), (["TERM": "xterm", "NO_COLOR": ""], .basic),
        ])
    func palette(environment: [String: String], palette: Palette) {
        #expect(terminal(environment).palette == palette)
        #expect(terminal(tty: false, environment).palette == .none)
        #expect(terminal(plain: true, environment).palette == .none)
    }

    @Test("A file is no terminal")
    func detect() {
        let terminal = Terminal.detect(descriptor: -1, environment: ["TERM": "xterm", "COLUMNS": "50"], plain: false)
        #expect(!terminal.isTTY)
        #expect(terminal.palette == .none)
        #expect(terminal.columns == 50)
    }

    @Test("Prose stays narrow on a wide terminal, and tables may use 100 columns")
    func layout() {
        let wide = Layout(terminal(columns: 300, [:]))
        #expect(wide.columns == 100)
        #expect(wide.measure == 78)
        let narrow = Layout(terminal(columns: 40, [:])).narrowed(by: 4)
        #expect(narrow.columns == 36)
        #expect(narrow.measure == 36)
    }
}
