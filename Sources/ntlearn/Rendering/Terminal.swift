import Foundation

/// What the place that output goes to can do.
struct Terminal: Sendable, Equatable {
    /// Whether a person sits there; a pipe and a file are none.
    let isTTY: Bool
    /// At least 1.
    let columns: Int
    let palette: Palette
    /// The learner asked for output that reads well in a screen reader.
    let isPlain: Bool

    /// - Parameters:
    ///   - columns: what the terminal itself says, nil for a pipe; `COLUMNS` stands in then, and else 80.
    ///   - environment: `NO_COLOR` (no-color.org), `TERM`, `COLORTERM` and `COLUMNS` count.
    init(isTTY: Bool, columns: Int?, environment: [String: String], plain: Bool) {
        self.isTTY = isTTY
        self.columns = Self.positive(columns) ?? Self.positive(environment["COLUMNS"].flatMap { Int($0) }) ?? 80
        palette = isTTY && !plain ? Self.palette(environment) : .none
        isPlain = plain
    }

    /// The terminal, pipe or file behind a descriptor, as it is now: ask again after a resize.
    static func detect(
        descriptor: Int32 = STDOUT_FILENO, environment: [String: String] = ProcessInfo.processInfo.environment,
        plain: Bool
    ) -> Terminal {
        Terminal(
            isTTY: isatty(descriptor) == 1, columns: reportedColumns(descriptor), environment: environment,
            plain: plain)
    }

    private static func reportedColumns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
        return Int(size.ws_col)
    }

    private static func palette(_ environment: [String: String]) -> Palette {
        let term = environment["TERM"] ?? ""
        guard (environment["NO_COLOR"] ?? "").isEmpty, !term.isEmpty, term != "dumb" else { return .none }
        let hasIndexedColours = term.contains("256color") || !(environment["COLORTERM"] ?? "").isEmpty
        return hasIndexedColours ? .extended : .basic
    }

    private static func positive(_ number: Int?) -> Int? {
        number.flatMap { $0 > 0 ? $0 : nil }
    }
}
