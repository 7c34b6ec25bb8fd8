import Foundation

/// `checked 120 of 1000`, on a terminal's standard error only, and gone when the work is done.
struct ProgressLine {
    private let isShown: Bool
    private let patience: Duration
    private let write: (String) -> Void
    private let start = ContinuousClock.now
    private var last = ""

    /// Work that is done sooner needs no line.
    static let usualPatience = Duration.milliseconds(300)

    /// - Parameters:
    ///   - isShown: whether a terminal is there that can go back to the beginning of a line.
    ///   - patience: for how long nothing is shown.
    init(
        isShown: Bool = Self.isTerminal, patience: Duration = usualPatience,
        write: @escaping (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
    ) {
        self.isShown = isShown
        self.patience = patience
        self.write = write
    }

    private static var isTerminal: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Shows how much is done, in place of what was shown before.
    mutating func show(_ done: Int, of all: Int) {
        guard isShown, all > 0, ContinuousClock.now - start >= patience else { return }
        let text = "checked \(done) of \(all) (\(done * 100 / all)%)"
        guard text != last else { return }
        last = text
        write("\r\(text)\u{1B}[K")
    }

    /// Leaves the line as if nothing had been shown.
    mutating func clear() {
        guard !last.isEmpty else { return }
        last = ""
        write("\r\u{1B}[K")
    }
}
