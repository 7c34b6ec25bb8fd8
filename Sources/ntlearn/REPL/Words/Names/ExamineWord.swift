import Debugger

/// `x PATTERN`: symbols by name.
struct ExamineWord: Word {
    static let spec = WordSpec(
        name: "x", group: .names, usage: "x PATTERN", summary: "list the symbols that match a pattern",
        detail: """
            * stands for any characters, ? for one, [a-k] for one of several; case does not matter. Without a module the \
            pattern is looked for in all of them: nt, ntdll, program, SharedUserData.
            """,
        example: "x nt!Ki*Call*", completion: [.symbol])

    private static let most = 100

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let symbols = try session.machine().symbols
        let found = symbols.symbols(matching: arguments.rest)
        guard !found.isEmpty else {
            let near = symbols.suggestions(for: arguments.rest).first
            throw WordError(
                "No symbol matches \"\(arguments.rest.prefix(40))\".",
                hint: near.map { "Did you mean \($0)?" }
                    ?? "The modules are \(symbols.modules.joined(separator: ", ")).",
                column: arguments.column)
        }
        for symbol in found.prefix(Self.most) {
            session.output.print(StyledText("\(NumberFormat.hexadecimal(symbol.address))          \(symbol.name)"))
        }
        if found.count > Self.most {
            session.output.say(StyledText("And \(found.count - Self.most) more; a narrower pattern shows them."))
        }
    }
}
