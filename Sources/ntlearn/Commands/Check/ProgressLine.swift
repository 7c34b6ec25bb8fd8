import Foundation

/// `checked 120 of 1000`, on a terminal's standard error only, and gone when the work is done.
struct ProgressLine {
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var last = ""

    /// Work that is done sooner needs no line.
    private static let patience = Duration.milliseconds(300)

    init(terminal: Terminal = .detect(descriptor: STDERR_FILENO, plain: false)) {
        isShown = terminal.isTTY && !terminal.isPlain && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    mutating func show(_ done: Int, of all: Int) {
        guard isShown, ContinuousClock.now - start > Self.patience else { return }
        let percent = all == 0 ? 100 : done * 100 / all
        let text = "checked \(done) of \(all) (\(percent)%)"
        guard text != last else { return }
        last = text
        write("\r" + text + "\u{1B}[K")
    }

    mutating func clear() {
        guard !last.isEmpty else { return }
        last = ""
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
