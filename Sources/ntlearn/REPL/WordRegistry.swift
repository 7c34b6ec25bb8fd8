import Spelling

/// The words that the prompt knows, and all that can be done with them without knowing what they do.
struct WordRegistry<Session>: Sendable {
    let words: [any Word<Session>]
    private let wordBySpelling: [String: any Word<Session>]

    init(_ words: [any Word<Session>]) {
        self.words = words
        let spellings = words.flatMap { word in type(of: word).spec.spellings.map { ($0, word) } }
        wordBySpelling = Dictionary(spellings) { first, _ in first }
    }

    /// The words' descriptions in the order in which they were registered.
    var specs: [WordSpec] { words.map { type(of: $0).spec } }

    /// Spellings that more than one word claims; the first of them has it.
    var conflicts: [String] {
        Dictionary(grouping: specs.flatMap(\.spellings)) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }

    /// The word with this name or alias, in any case.
    func word(named name: String) -> (any Word<Session>)? { wordBySpelling[name.lowercased()] }

    /// The description of the word with this name or alias.
    /// - Throws: what to type instead.
    func spec(named name: String) throws(WordError) -> WordSpec {
        guard let word = word(named: name) else { throw unknown(name, column: nil) }
        return type(of: word).spec
    }

    /// True if the line begins with a word, or with the colon that forces one.
    func recognises(_ line: String) -> Bool {
        line.first { !$0.isWhitespace } == ":" || (try? splitter.commands(in: line)).map { !$0.isEmpty } ?? false
    }

    /// Runs the line's commands one after the other, up to the first one that fails.
    /// - Parameter then: called behind each command, also behind the one that failed; says whether to go on.
    /// - Throws: the error of the command that failed. An unknown word is found before anything runs.
    func run(
        _ line: String, in session: Session, then: (CommandSplitter.Command) -> Bool = { _ in true }
    ) throws(WordError) {
        let commands: [CommandSplitter.Command]
        do { commands = try splitter.commands(in: line) } catch { throw unknown(error.word, column: error.column) }
        for command in commands {
            guard let word = wordBySpelling[command.arguments.word] else { continue }
            do throws(WordError) { try word.run(command.arguments, in: session) } catch {
                _ = then(command)
                throw error
            }
            guard then(command) else { return }
        }
    }

    var splitter: CommandSplitter {
        CommandSplitter { spelling in wordBySpelling[spelling].map { type(of: $0).spec } }
    }

    private func unknown(_ word: String, column: Int?) -> WordError {
        let guess = didYouMean(word, among: specs.flatMap(\.spellings))
        let hint = guess.map { "Did you mean \"\($0)\"?" } ?? "Type help for a list of words."
        return WordError("There is no word \"\(word.prefix(40))\".", hint: hint, column: column)
    }
}
