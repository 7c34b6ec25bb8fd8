import Debugger
import Lessons
import Spelling

/// Takes a word's arguments from left to right, as WinDbg does: each expression ends where it cannot go on.
struct ArgumentReader {
    private let session: LearnSession
    /// What was not taken yet, without blanks before it.
    private(set) var rest: Substring
    /// The column at which ``rest`` begins, counted in characters from 1.
    private(set) var column: Int

    init(_ arguments: WordArguments, in session: LearnSession) {
        self.session = session
        rest = arguments.rest[...]
        column = arguments.column
        skipBlanks()
    }

    var isAtEnd: Bool { rest.isEmpty }

    // MARK: Text

    /// The next piece up to a blank outside quotes and parentheses; without its quotes if it was quoted as a whole.
    mutating func token() -> WordArguments.Token? {
        guard !rest.isEmpty else { return nil }
        let token = WordArguments(word: "", rest: String(rest), column: column).tokens.first
        var scanner = ArgumentScanner()
        drop(rest.prefix { scanner.isInside($0) || !$0.isWhitespace }.count)
        return token
    }

    /// The next piece if it begins with one of the characters that mark an option, such as `-d` or `/w`.
    mutating func option(marks: String = "-/") -> WordArguments.Token? {
        guard let first = rest.first, marks.contains(first), rest.dropFirst().first?.isLetter == true else {
            return nil
        }
        return token()
    }

    /// - Throws: that something is left which the word does not take.
    func requireEnd(_ spec: WordSpec) throws(WordError) {
        guard !isAtEnd else { return }
        throw WordError(
            "\(spec.name) does not take \"\(rest.prefix(30))\".",
            hint: "Usage: \(spec.usage). Example: \(spec.example)",
            column: column)
    }

    // MARK: Expressions

    /// The value of the longest expression that comes next.
    mutating func expression() throws(WordError) -> UInt64 {
        let machine = try session.machine()
        do throws(ExpressionError) {
            let (expression, tail) = try Expression.parsePrefix(of: String(rest), radix: session.radix)
            let value = try expression.evaluate(in: MachineContext(machine))
            drop(rest.count - tail.count)
            return value
        } catch {
            throw WordError(error, column: column)
        }
    }

    /// An expression that is an address: 32 bits wide, or sign-extended from them.
    mutating func address() throws(WordError) -> UInt32 {
        let start = column
        let value = try expression()
        guard MachineEdit.fits(value, bits: 32) else {
            throw WordError("The address \(NumberFormat.hexadecimal(value)) is beyond 32 bits.", column: start)
        }
        return UInt32(truncatingIfNeeded: value)
    }

    /// The address that comes next, or nil at the end.
    mutating func optionalAddress() throws(WordError) -> UInt32? { isAtEnd ? nil : try address() }

    // MARK: Ranges

    /// `ADDRESS`, `ADDRESS L COUNT`, `ADDRESS END` or `L COUNT`; END is the last address that belongs to it.
    /// - Parameters:
    ///   - itemSize: bytes of what COUNT counts.
    ///   - most: more items than that are refused, not cut short; `L?` lifts no limit here.
    mutating func range(itemSize: Int, most: Int) throws(WordError) -> MemoryRange {
        if isAtEnd { return MemoryRange() }
        if let count = try count(most: most) { return MemoryRange(count: count) }
        let start = try address()
        if isAtEnd { return MemoryRange(start: start) }
        if let count = try count(most: most) { return MemoryRange(start: start, count: count) }
        let endColumn = column
        let end = try address()
        guard end >= start else {
            throw WordError(
                "The range ends before it begins.", hint: "Write L and a count, or a higher address.",
                column: endColumn)
        }
        let count = try checked(UInt64(end - start) / UInt64(itemSize) + 1, most, column: endColumn)
        return MemoryRange(start: start, count: count, last: end)
    }

    /// What stands behind an L that begins the rest; nil if it begins with something else.
    private mutating func count(most: Int) throws(WordError) -> Int? {
        guard let text = rest.split(whereSeparator: \.isWhitespace).first, WordArguments.count(in: String(text)) != nil
        else { return nil }
        drop(1)
        if rest.first == "?" { drop(1) }
        let start = column
        return try checked(try expression(), most, column: start)
    }

    private func checked(_ count: UInt64, _ most: Int, column: Int) throws(WordError) -> Int {
        guard (1...UInt64(most)).contains(count) else {
            throw WordError("A range has 1 to 0n\(most) items.", hint: LearnSession.radixHint, column: column)
        }
        return Int(count)
    }

    private mutating func drop(_ count: Int) {
        rest = rest.dropFirst(count)
        column += count
        skipBlanks()
    }

    private mutating func skipBlanks() {
        let blanks = rest.prefix(while: \.isWhitespace).count
        rest = rest.dropFirst(blanks)
        column += blanks
    }
}

/// A stretch of memory as it was typed; what was left out is nil.
struct MemoryRange {
    var start: UInt32?
    /// How many items it has.
    var count: Int?
    /// The last address, if it was given in place of a count.
    var last: UInt32?
}

extension WordError {
    /// An expression's error as a word's.
    /// - Parameter column: where the expression begins in the line.
    init(_ error: ExpressionError, column: Int) {
        let hint = error.note ?? "x finds symbols; help ? tells what an expression may be."
        self.init(error.message, hint: hint, column: column + error.offset)
    }

    init(_ error: MachineError, column: Int? = nil) {
        self.init(error.message, hint: error.note, column: column)
    }

    init(_ error: EditError, column: Int? = nil) {
        self.init(error.message, hint: error.note, column: column)
    }

    init(_ error: BreakpointError, column: Int? = nil) {
        self.init(error.message, hint: error.note, column: column)
    }
}
