/// The shelves on which `help` puts words, in its order.
enum WordGroup: String, CaseIterable, Sendable {
    case lessons = "Lessons"
    case running = "Running"
    case time = "Time"
    case breakpoints = "Breakpoints"
    case registers = "Registers"
    case memory = "Memory"
    case code = "Code"
    case names = "Names"
    case numbers = "Numbers"
    case system = "System"
    case changes = "Changes"
    case program = "Program"
}

/// What an argument may be, as far as completion is concerned.
enum CompletionKind: Hashable, Sendable {
    case word, group, instruction, term, register, symbol, structure, lesson, file, mark, machine, view, topic
}

/// Everything that is to be said about a word of the prompt: help, completion and the manual are made from it.
struct WordSpec: Equatable, Sendable {
    /// The word as it is typed, in lower case: `db`, `!idt`, `.machine`, `?`, `t-`.
    var name: String
    /// Other spellings that run the same word; it is told which one was typed.
    var aliases: [String] = []
    var group: WordGroup
    /// The word with its arguments, the optional ones in brackets: `db [ADDRESS] [L COUNT]`.
    var usage: String
    /// One line, a verb first, no full stop: "show memory as bytes".
    var summary: String
    /// Whole paragraphs for `help WORD`; may be empty.
    var detail: String = ""
    /// A line that can be typed as it stands.
    var example: String
    /// What its arguments may be; empty if it takes none that can be completed.
    var completion: [CompletionKind] = []
    /// True if a semicolon belongs to its argument instead of beginning the next command.
    var takesWholeLine = false

    /// The name and the aliases.
    var spellings: [String] { [name] + aliases }
}
