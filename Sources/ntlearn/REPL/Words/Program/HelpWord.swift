import Spelling
import X86

/// `help [NAME]`: all words, or all about one word or instruction.
struct HelpWord: Word {
    static let spec = WordSpec(
        name: "help", aliases: [".help"], group: .program, usage: "help [WORD | GROUP | INSTRUCTION]",
        summary: "list the words, or explain a word, a group of words or an instruction",
        detail: """
            An instruction's page says what it does, its checks in order, its flags, and which processor models have \
            it. Where a word has the same name as an instruction, help instruction NAME shows the instruction.
            """,
        example: "help sysenter", completion: [.word, .group, .instruction])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let words = session.words.specs
        let help = Help(specs: words, width: min(session.output.terminal.columns, 80))
        guard !arguments.isEmpty else { return print(help.overview + "\n" + Self.instructionHint, in: session) }
        switch try HelpTopic(arguments.rest, words: words) {
        case .word(let spec, let isInstruction):
            print(help.page(for: spec), in: session)
            guard isInstruction else { return }
            print("\n  It is an instruction as well: help instruction \(spec.name)", in: session)
        case .group(let group): print(help.page(for: group), in: session)
        case .instruction(let reference):
            session.output.print(InstructionPage(reference: reference, layout: session.output.layout).lines)
        }
    }

    private static let instructionHint = "Instructions have pages too: help sysenter."

    private func print(_ text: String, in session: LearnSession) {
        session.output.print(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { StyledText(String($0)) })
    }
}

/// What `help` is asked about: the prompt's words come first, then their groups, then the processor's instructions.
enum HelpTopic {
    case word(WordSpec, isInstruction: Bool)
    case group(WordGroup)
    case instruction(InstructionReference)

    /// - Throws: what name was meant.
    init(_ text: String, words: [WordSpec]) throws(WordError) {
        let parts = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        let asksForInstruction = parts.count == 2 && parts[0] == "instruction"
        let name = asksForInstruction ? parts[1] : parts.joined(separator: " ")
        let word = asksForInstruction ? nil : words.first { $0.spellings.contains(name) }
        // Operands do no harm: help int 2e, help mov cr0.
        let reference = InstructionReference.named(name) ?? parts.first.flatMap(InstructionReference.named)
        if let word {
            self = .word(word, isInstruction: reference != nil)
        } else if !asksForInstruction, let group = WordGroup.allCases.first(where: { $0.rawValue.lowercased() == name })
        {
            self = .group(group)
        } else if let reference {
            self = .instruction(reference)
        } else {
            throw Self.unknown(name, words: words)
        }
    }

    private static func unknown(_ name: String, words: [WordSpec]) -> WordError {
        if InstructionReference.isInstruction(name) {
            return WordError(
                "This processor does not execute \(name.uppercased()).",
                hint: "It has the integer instructions up to the Pentium II: no x87, MMX or SSE, nothing later.")
        }
        let groups = WordGroup.allCases.map { $0.rawValue.lowercased() }
        let names = words.flatMap(\.spellings) + groups + InstructionReference.mnemonics
        let guess = didYouMean(name, among: names)
        return WordError(
            "There is no word or instruction \"\(name.prefix(40))\".",
            hint: guess.map { "Did you mean \"\($0)\"?" } ?? "Type help for a list of words.")
    }
}
