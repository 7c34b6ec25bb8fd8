import LessonEngine
import Spelling
import X86

/// `help [NAME]`: all words, or all about one word, instruction or term.
struct HelpWord: Word {
    static let spec = WordSpec(
        name: "help", aliases: [".help"], group: .program, usage: "help [WORD | GROUP | INSTRUCTION | TERM]",
        summary: "list the words, or explain a word, a group of words, an instruction or a term of the subject",
        detail: """
            An instruction's page says what it does, its checks in order, its flags, and which processor models have \
            it. Where a word has the same name as an instruction, help instruction NAME shows the instruction.

            help glossary lists the terms that the course explains. A term may be typed with blanks or hyphens; where \
            a word or an instruction has its name, help glossary TERM shows the term.
            """,
        example: "help trap-frame", completion: [.word, .group, .instruction, .term])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let words = session.words.specs
        let help = Help(specs: words, width: min(session.output.terminal.columns, 80))
        guard !arguments.isEmpty else { return print(help.overview + "\n" + Self.moreHint, in: session) }
        let glossary = session.glossary
        let topic = try HelpTopic(arguments.rest, words: words, glossary: glossary)
        switch topic {
        case .word(let spec, let isInstruction):
            print(help.page(for: spec), in: session)
            if isInstruction { print("\n  It is an instruction as well: help instruction \(spec.name)", in: session) }
        case .group(let group): print(help.page(for: group), in: session)
        case .instruction(let reference):
            session.output.print(InstructionPage(reference: reference, layout: session.output.layout).lines)
        case .glossary: session.output.print(GlossaryPage(layout: session.output.layout).list(of: glossary))
        case .term(let entry): return session.output.print(GlossaryPage(layout: session.output.layout).lines(entry))
        }
        guard let entry = glossary.entry(arguments.rest) else { return }
        print("\n  The glossary has it as well: help glossary \(entry.term)", in: session)
    }

    private static let moreHint = "Instructions have pages too: help sysenter. Terms: help glossary."

    private func print(_ text: String, in session: LearnSession) {
        session.output.print(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { StyledText(String($0)) })
    }
}
