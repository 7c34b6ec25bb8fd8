@testable import ntlearn

/// What the words of these tests work on: it notes what they were asked to do.
final class Notes {
    var entries: [String] = []
    var prompt = "nt> "
    var isOver = false
}

struct BytesWord: Word {
    static let spec = WordSpec(
        name: "db", aliases: ["dw", "dd"], group: .memory, usage: "db [ADDRESS] [L COUNT]",
        summary: "show memory as bytes, words or doublewords", example: "db esp L20", completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) {
        session.entries.append("\(arguments.word)(\(arguments.rest))")
    }
}

struct EvaluateWord: Word {
    static let spec = WordSpec(
        name: "?", group: .memory, usage: "? EXPRESSION", summary: "evaluate an expression", example: "? poi(esp)",
        completion: [.symbol, .register])

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        session.entries.append("?(\(arguments.rest))")
    }
}

struct StepWord: Word {
    static let spec = WordSpec(
        name: "t", aliases: ["t-"], group: .memory, usage: "t [COUNT]", summary: "step one instruction",
        detail: "With a trailing minus sign it steps back in time.", example: "t 3")

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) {
        session.entries.append("\(arguments.word)(\(arguments.rest))")
    }
}

struct AssembleWord: Word {
    static let spec = WordSpec(
        name: "a", group: .memory, usage: "a ADDRESS INSTRUCTION", summary: "assemble in place",
        example: "a eip mov eax, 5 ; a comment", takesWholeLine: true)

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) {
        session.entries.append("a(\(arguments.rest))")
    }
}

struct MachineWord: Word {
    static let spec = WordSpec(
        name: ".machine", aliases: ["!machine"], group: .memory, usage: ".machine NAME", summary: "change the machine",
        example: ".machine xp")

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) {
        session.entries.append(".machine(\(arguments.rest))")
    }
}

struct LessonWord: Word {
    static let spec = WordSpec(
        name: "lesson", group: .lessons, usage: "lesson NAME", summary: "go to a lesson", example: "lesson sysenter",
        completion: [.lesson])

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) {
        session.entries.append("lesson(\(arguments.rest))")
    }
}

struct LoadWord: Word {
    static let spec = WordSpec(
        name: ".load", group: .program, usage: ".load FILE", summary: "load a state", example: ".load state.bin",
        completion: [.file])

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) {}
}

struct HelpWord: Word {
    static let spec = WordSpec(
        name: "help", group: .program, usage: "help [WORD]", summary: "list the words, or explain one",
        example: "help db", completion: [.word])

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) {
        session.entries.append("help(\(arguments.rest))")
    }
}

struct QuitWord: Word {
    static let spec = WordSpec(
        name: "quit", aliases: ["q"], group: .program, usage: "quit", summary: "leave; progress is kept",
        example: "quit")

    func run(_ arguments: WordArguments, in session: Notes) throws(WordError) { session.isOver = true }
}

let recordingWords = WordRegistry<Notes>([
    BytesWord(), EvaluateWord(), StepWord(), AssembleWord(), MachineWord(), LessonWord(), LoadWord(), HelpWord(),
    QuitWord(),
])
