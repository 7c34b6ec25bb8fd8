import LessonEngine
import Spelling
import X86

/// What `help` is asked about: the prompt's words come first, then their groups, then the processor's instructions,
/// then the terms of the course's glossary.
enum HelpTopic {
    case word(WordSpec, isInstruction: Bool)
    case group(WordGroup)
    case instruction(InstructionReference)
    /// The list of all terms.
    case glossary
    case term(GlossaryEntry)

    /// - Throws: what name was meant.
    init(_ text: String, words: [WordSpec], glossary: Glossary = .empty) throws(WordError) {
        let parts = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        let name = parts.joined(separator: " ")
        if name == "glossary" {
            self = .glossary
        } else if parts.count > 1, parts[0] == "glossary" {
            self = .term(try Self.entry(parts.dropFirst().joined(separator: " "), glossary))
        } else if parts.count == 2, parts[0] == "instruction" {
            guard let reference = InstructionReference.named(parts[1]) else {
                throw Self.unknown(parts[1], words: words, glossary)
            }
            self = .instruction(reference)
        } else {
            self = try Self.plain(name, words, glossary)
        }
    }

    private static func plain(
        _ name: String, _ words: [WordSpec], _ glossary: Glossary
    ) throws(WordError) -> HelpTopic {
        // Operands do no harm: help int 2e, help mov cr0.
        let first = name.prefix { $0 != " " }
        let reference = InstructionReference.named(name) ?? InstructionReference.named(String(first))
        if let word = words.first(where: { $0.spellings.contains(name) }) {
            return .word(word, isInstruction: reference != nil)
        }
        if let group = WordGroup.allCases.first(where: { $0.rawValue.lowercased() == name }) { return .group(group) }
        if let reference { return .instruction(reference) }
        if let entry = glossary.entry(name) { return .term(entry) }
        throw unknown(name, words: words, glossary)
    }

    private static func entry(_ name: String, _ glossary: Glossary) throws(WordError) -> GlossaryEntry {
        if let entry = glossary.entry(name) { return entry }
        let guess = didYouMean(name, among: glossary.names)
        throw WordError(
            "The glossary has no term \"\(name.prefix(40))\".",
            hint: guess.map { "Did you mean \"\($0)\"?" } ?? "Type help glossary for a list of its terms.")
    }

    private static func unknown(_ name: String, words: [WordSpec], _ glossary: Glossary) -> WordError {
        if InstructionReference.isInstruction(name) {
            return WordError(
                "This processor does not execute \(name.uppercased()).",
                hint: "It has the integer instructions up to the Pentium II: no x87, MMX or SSE, nothing later.")
        }
        let groups = WordGroup.allCases.map { $0.rawValue.lowercased() }
        let names = words.flatMap(\.spellings) + groups + InstructionReference.mnemonics + glossary.names
        let guess = didYouMean(name, among: names)
        return WordError(
            "There is no word, instruction or term \"\(name.prefix(40))\".",
            hint: guess.map { "Did you mean \"\($0)\"?" }
                ?? "Type help for a list of words, help glossary for the terms.")
    }
}
