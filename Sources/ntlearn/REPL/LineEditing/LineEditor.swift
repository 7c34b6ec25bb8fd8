/// What a learner did at the prompt.
enum LineInput: Equatable, Sendable {
    /// One line, without its end. Control characters are replaced, so it can be printed as it is.
    case line(String)
    /// Ctrl-C: the line was cleared.
    case interrupted
    /// Ctrl-D, a hang-up, or the end of a file.
    case endOfFile
    /// A line that cannot be taken, and why.
    case unusable(String)
}

/// Where lines come from: a terminal, a pipe, or a test.
protocol LineEditor: AnyObject {
    /// Shows the prompt and waits for a line.
    ///
    /// - Parameter prompt: one line of text; it may be styled with SGR sequences, which an editor that has no terminal drops.
    func readLine(prompt: String) -> LineInput
}
