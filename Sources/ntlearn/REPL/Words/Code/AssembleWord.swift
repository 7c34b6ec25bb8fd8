import Debugger
import X86

/// `a`: assembles in place.
struct AssembleWord: Word {
    static let spec = WordSpec(
        name: "a", group: .code, usage: "a [ADDRESS] [; INSTRUCTION ...]",
        summary: "assemble instructions in place",
        detail: """
            With instructions behind semicolons it assembles these. Without, it takes a line for each instruction, and \
            shows where it goes, until an empty line. Without an address it begins at EIP.

            The syntax is NASM's, as in the machines' sources: numbers are decimal unless 0x or h marks them, symbols are \
            those of the prompt, $ is the address of the line. .undo takes an instruction back.
            """,
        example: "a eip; mov eax, 0x19; nop", completion: [.symbol, .register, .instruction], takesWholeLine: true)

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        let pieces = Self.pieces(of: arguments)
        var address = machine.cpu.linearEIP
        if let first = pieces.first, !first.rest.isEmpty {
            var reader = ArgumentReader(first, in: session)
            address = try reader.address()
            guard reader.isAtEnd else {
                throw WordError(
                    "A semicolon is missing before the instruction.", hint: "Example: \(Self.spec.example)",
                    column: reader.column)
            }
        }
        guard pieces.count > 1 else {
            session.debugger.assemblyAddress = address
            return session.output.say("One instruction a line; an empty line ends this.")
        }
        for piece in pieces.dropFirst() where !piece.isEmpty {
            address = try session.assemble(piece.rest, column: piece.column, at: address, on: machine)
        }
    }

    /// What stands between semicolons outside quotes.
    private static func pieces(of arguments: WordArguments) -> [WordArguments] {
        var scanner = ArgumentScanner()
        let parts = arguments.rest.split(omittingEmptySubsequences: false) { character in
            _ = scanner.isInside(character)
            return character == ";" && !scanner.isQuoted
        }
        return parts.map { part in
            let body = part.drop(while: \.isWhitespace)
            let offset = arguments.rest.distance(from: arguments.rest.startIndex, to: body.startIndex)
            return WordArguments(word: "a", rest: String(body), column: arguments.column + offset)
        }
    }
}

extension LearnSession {
    /// A line that was typed while `a` takes instructions; an empty one ends that. A mistake leaves the address as it is.
    func assembleLine(_ line: String, at address: UInt32) throws(WordError) {
        guard line.contains(where: { !$0.isWhitespace }) else {
            debugger.assemblyAddress = nil
            return
        }
        debugger.assemblyAddress = try assemble(line, column: 1, at: address, on: try machine())
    }

    /// Assembles one line, writes its bytes and shows them.
    /// - Returns: the address behind them.
    fileprivate func assemble(
        _ text: String, column: Int, at address: UInt32, on machine: Machine
    ) throws(WordError) -> UInt32 {
        let bytes = try PatchAssembler(symbols: machine.symbols).bytes(of: text, column: column, at: address)
        guard !bytes.isEmpty else {
            throw WordError(
                "This makes no bytes: it is no instruction.", hint: "help a shows examples.", column: column)
        }
        try change(.memory(address: address, bytes), column: column)
        let end = address &+ UInt32(truncatingIfNeeded: bytes.count)
        output.print(
            listing(on: machine).lines(at: address, count: bytes.count, last: end &- 1, namesFirst: false).lines)
        return end
    }
}

/// Assembles a line of somebody who knows the debugger's symbols.
struct PatchAssembler {
    let symbols: SymbolTable
    /// More than that nobody types.
    private static let most = 1024

    /// - Parameter column: where the line begins, for errors.
    func bytes(of line: String, column: Int, at address: UInt32) throws(WordError) -> [UInt8] {
        let source = "bits 32\n" + Self.withLabels(line) + "\n"
        let assembler = Assembler(file: "a", source: source, origin: address, symbols: labels)
        let assembly: Assembly
        do throws(AssemblerFailure) { assembly = try assembler.assemble() } catch {
            throw Self.error(error, column: column)
        }
        guard assembly.origin == address || assembly.bytes.isEmpty, assembly.bytes.count <= Self.most else {
            throw WordError(
                "This does not stay in its place: at most \(Self.most) bytes, and no org.", column: column)
        }
        return assembly.bytes
    }

    private static func error(_ failure: AssemblerFailure, column: Int) -> WordError {
        guard let first = failure.diagnostics.first else { return WordError("This does not assemble.", column: column) }
        let place = column + max(0, first.column - 1)
        return WordError(first.message, hint: first.note.map { withNames($0) }, column: place)
    }

    /// `nt!KiFastCallEntry` is no label in NASM's syntax; `nt@KiFastCallEntry`, as long as it, is one.
    private static func withLabels(_ line: String) -> String {
        var isQuoted = false
        return String(
            line.map { character in
                if character == "\"" || character == "'" { isQuoted.toggle() }
                return character == "!" && !isQuoted ? "@" : character
            })
    }

    private static func withNames(_ text: String) -> String { text.replacing("@", with: "!") }

    private var labels: [String: UInt32] {
        let pairs = symbols.symbols.filter { !$0.module.isEmpty }.map { symbol in
            ("\(symbol.module)@\(symbol.baseName)", UInt32(truncatingIfNeeded: symbol.address))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
