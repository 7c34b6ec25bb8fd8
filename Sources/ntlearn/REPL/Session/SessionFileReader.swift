import Debugger
import Lessons
import Spelling
import X86

/// Reads a session file; whatever is in it, what comes out is a session or a place and a reason.
struct SessionFileReader {
    /// What is wrong, and where, both counted from 1.
    struct Failure: Error, Equatable {
        var line: Int
        var column: Int
        var message: String
    }

    private static let mostLines = 100_000
    private var session = SessionFile()
    private var calls: [ServiceCall] = []
    private var program: [String] = []
    private var line = 0
    private var hasMachine = false

    static func read(_ text: String) throws(Failure) -> SessionFile {
        var reader = SessionFileReader()
        return try reader.session(text)
    }

    private mutating func session(_ text: String) throws(Failure) -> SessionFile {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first.map({ String($0).trimmed }) == "ntlearn-session \(SessionFile.version)" else {
            let isOther = lines.first?.hasPrefix("ntlearn-session ") == true
            throw Failure(
                line: 1, column: 1,
                message: isOther
                    ? "this session was saved by another version; this one reads version \(SessionFile.version)"
                    : "this is no session file: its first line is not \"ntlearn-session \(SessionFile.version)\"")
        }
        line = 1
        guard lines.count <= Self.mostLines else { throw failure(1, "a session has at most \(Self.mostLines) lines") }
        for text in lines.dropFirst() {
            line += 1
            try read(text.last == "\r" ? text.dropLast() : text)
        }
        return try finished()
    }

    private mutating func finished() throws(Failure) -> SessionFile {
        guard hasMachine else { throw failure(1, "the line \"machine NAME\" is missing") }
        if !calls.isEmpty, !program.isEmpty { throw failure(1, "a machine runs calls or a program, not both") }
        if !calls.isEmpty { session.request.program = .calls(calls) }
        if !program.isEmpty { session.request.program = .assembly(program.joined(separator: "\n")) }
        guard session.position <= session.end else { throw failure(1, "the position lies behind the end") }
        let steps = session.events.map(\.step) + session.marks.map(\.step)
        guard steps.allSatisfy({ $0 <= session.end }) else { throw failure(1, "something happens behind the end") }
        guard session.events.map(\.step) == session.events.map(\.step).sorted() else {
            throw failure(1, "the \"at\" lines are not in the order of their steps")
        }
        return session
    }

    private func failure(_ column: Int, _ message: String) -> Failure {
        Failure(line: line, column: column, message: message)
    }

    private mutating func read(_ text: Substring) throws(Failure) {
        let word = text.prefix { $0 != " " }
        let rest = text.dropFirst(word.count + 1)
        let column = word.count + 2
        switch word {
        case "": guard String(text).trimmed.isEmpty else { throw failure(1, "a line begins with a word") }
        case "machine":
            session.request.machine = try name(rest, column)
            hasMachine = true
        case "cpu": session.request.cpu = try name(rest, column)
        case "call":
            do { calls.append(try ServiceCall(String(rest))) } catch { throw failure(column, error.message) }
        case "program": program.append(String(rest))
        case "breakpoint":
            guard rest.hasPrefix("bp ") || rest.hasPrefix("ba "), !rest.contains(";") else {
                throw failure(column, "a breakpoint is written as bp or ba would be typed")
            }
            session.breakpoints.append(String(rest))
        case "at": try event(rest, column)
        case "mark":
            let (step, name) = try stepAndRest(rest, column)
            guard name == LearnSession.startMark || MarkWord.isName(String(name)) else {
                throw failure(column, "\"\(name.prefix(30))\" cannot be a mark's name")
            }
            session.marks.append(SessionFile.Mark(step: step, name: String(name)))
        case "end": try end(rest, column)
        case "position": session.position = try step(rest, column)
        default: throw failure(1, "there is no line that begins with \"\(word.prefix(30))\"")
        }
    }

    /// A machine or a processor: never a path, for a session may come from a stranger.
    private func name(_ text: Substring, _ column: Int) throws(Failure) -> String {
        let isName = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        guard isName, !text.isEmpty, text.count <= 40 else {
            throw failure(column, "a name consists of letters, digits, - and _")
        }
        return String(text)
    }

    private func step(_ text: Substring, _ column: Int) throws(Failure) -> Int {
        guard let step = Int(text), (0...SessionFile.mostSteps).contains(step) else {
            throw failure(column, "a step is a number from 0 to \(SessionFile.mostSteps)")
        }
        return step
    }

    private func stepAndRest(_ text: Substring, _ column: Int) throws(Failure) -> (Int, Substring) {
        let number = text.prefix { $0 != " " }
        return (try step(number, column), text.dropFirst(number.count + 1))
    }

    private mutating func end(_ text: Substring, _ column: Int) throws(Failure) {
        let (step, rest) = try stepAndRest(text, column)
        session.end = step
        guard !rest.isEmpty else { return }
        guard rest.hasPrefix("eip="), let value = UInt32(rest.dropFirst(4), radix: 16) else {
            throw failure(column, "behind the step stands eip= and eight digits, or nothing")
        }
        session.endEIP = value
    }

    // MARK: Events

    private mutating func event(_ text: Substring, _ column: Int) throws(Failure) {
        let (step, rest) = try stepAndRest(text, column)
        let place = column + text.count - rest.count
        let words = rest.split(separator: " ").map(String.init)
        guard let kind = Self.kind(words) else {
            throw failure(place, "this is none of r NAME=VALUE, wrmsr INDEX VALUE, eb ADDRESS BYTES, irq VECTOR, nmi")
        }
        session.events.append(SessionFile.Event(step: step, kind: kind))
    }

    private static func kind(_ words: [String]) -> SessionFile.Event.Kind? {
        switch (words.first, words.count) {
        case ("nmi", 1): .nonMaskableInterrupt
        case ("irq", 2): UInt8(words[1], radix: 16).map { .interrupt($0) }
        case ("r", 2): register(words[1]).map { .edit($0) }
        case ("wrmsr", 3):
            UInt32(words[1], radix: 16).flatMap { index in
                UInt64(words[2], radix: 16).map { .edit(.modelSpecific(index: index, $0)) }
            }
        case ("eb", 3...): bytes(words).map { .edit($0) }
        default: nil
        }
    }

    private static func register(_ text: String) -> MachineEdit? {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let value = UInt32(parts[1], radix: 16) else { return nil }
        switch parts[0] {
        case "eip": return .instructionPointer(value)
        case "efl": return .flags(value)
        default: return Register.allCases.first { $0.name == parts[0] }.map { .register($0, value) }
        }
    }

    private static func bytes(_ words: [String]) -> MachineEdit? {
        let bytes = words.dropFirst(2).compactMap { UInt8($0, radix: 16) }
        guard let address = UInt32(words[1], radix: 16), bytes.count == words.count - 2 else { return nil }
        return .memory(address: address, bytes)
    }
}
