/// Where the tutorial's text goes. It asks the terminal for its width each time, so that a resize reflows.
final class Output {
    private let detect: () -> Terminal
    private let write: (String) -> Void
    /// What the learner has set.
    var settings = DisplaySettings()

    /// - Parameters:
    ///   - detect: what the terminal can do now.
    ///   - write: prints text as it is.
    init(detect: @escaping () -> Terminal, write: @escaping (String) -> Void = { Swift.print($0, terminator: "") }) {
        self.detect = detect
        self.write = write
    }

    var terminal: Terminal { settings.apply(to: detect()) }
    var layout: Layout { Layout(terminal) }

    func print(_ lines: [StyledText]) { write(terminal.palette.paint(lines)) }
    func print(_ line: StyledText) { print([line]) }

    /// Prose, wrapped.
    func say(_ text: StyledText) { print(text.wrapped(to: layout.measure)) }

    func blank() { print([""]) }
}
