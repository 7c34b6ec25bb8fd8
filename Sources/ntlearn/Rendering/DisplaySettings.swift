/// What the learner has set for this session, over what the terminal says of itself.
struct DisplaySettings: Equatable {
    /// Nil to follow the terminal.
    var columns: Int?
    /// Nil to follow the command line.
    var isPlain: Bool?

    func apply(to terminal: Terminal) -> Terminal {
        Terminal(terminal, columns: columns ?? terminal.columns, plain: isPlain ?? terminal.isPlain)
    }
}

extension Terminal {
    /// The same terminal, seen otherwise. Plain output has no colour.
    fileprivate init(_ terminal: Terminal, columns: Int, plain: Bool) {
        isTTY = terminal.isTTY
        self.columns = columns
        palette = plain ? .none : terminal.palette
        isPlain = plain
    }
}
