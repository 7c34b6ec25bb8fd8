/// `help [WORD]`: all words, or all about one.
struct HelpWord: Word {
    static let spec = WordSpec(
        name: "help", aliases: [".help"], group: .program, usage: "help [WORD]",
        summary: "list the words, or explain one", example: "help u", completion: [.word])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let help = Help(specs: session.words.specs, width: min(session.output.terminal.columns, 80))
        guard !arguments.isEmpty else { return print(help.overview, in: session) }
        print(help.page(for: try session.words.spec(named: arguments.rest)), in: session)
    }

    private func print(_ text: String, in session: LearnSession) {
        session.output.print(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { StyledText(String($0)) })
    }
}
