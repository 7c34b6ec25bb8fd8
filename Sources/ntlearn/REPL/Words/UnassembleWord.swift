import Debugger
import X86

/// `u`: disassembles.
struct UnassembleWord: Word {
    static let spec = WordSpec(
        name: "u", group: .machine, usage: "u [ADDRESS] [L COUNT]", summary: "disassemble, 8 instructions unless told",
        detail: "Without an address it goes on where the last u ended, or begins at EIP.",
        example: "u ntdll!NtClose L4",
        completion: [.symbol, .register])

    private static let most = 200

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        let range = arguments.range
        let address =
            range.address.isEmpty
            ? session.nextAddress["u"] ?? machine.cpu.linearEIP
            : UInt32(truncatingIfNeeded: try session.evaluate(range.address, column: arguments.column))
        let count = try session.itemCount(of: arguments, standard: 8, most: Self.most)
        let listing = session.disassembly(at: address, count: count, on: machine)
        session.output.print(listing.lines)
        session.nextAddress["u"] = listing.end
    }
}

extension LearnSession {
    /// The count behind L, or `standard`; more than anyone reads is refused, not cut short.
    func itemCount(of arguments: WordArguments, standard: Int, most: Int) throws(WordError) -> Int {
        guard let text = arguments.range.count else { return standard }
        let count = try evaluate(text, column: arguments.column + arguments.rest.count - text.count)
        guard (1...UInt64(most)).contains(count) else {
            throw WordError("The count behind L must be 1 to 0n\(most).", hint: Self.radixHint)
        }
        return Int(count)
    }

    static let radixHint = "Numbers are hexadecimal unless 0n marks them as decimal."

    /// A listing as WinDbg prints it: a symbol's name above its first instruction, then address, bytes, text.
    func disassembly(at start: UInt32, count: Int, on machine: Machine) -> (lines: [StyledText], end: UInt32) {
        let disassembler = Disassembler(.masm)
        var lines: [StyledText] = []
        var address = start
        for _ in 0..<count {
            let bytes = machine.cpu.bytes(at: address, count: 15)
            guard !bytes.isEmpty else {
                lines.append(StyledText("\(NumberFormat.padded(address, to: 8))  ??  no page is present here", .bad))
                break
            }
            let code = disassembler.disassemble(bytes, at: address)
            let place = machine.symbols.location(of: UInt64(address))
            if let place, place.offset == 0 || address == start { lines.append(StyledText("\(place):", .heading)) }
            lines.append(row(code, bytes, address, machine.symbols))
            address &+= UInt32(code.length)
        }
        return (lines, address)
    }

    private func row(_ code: Disassembly, _ bytes: [UInt8], _ address: UInt32, _ symbols: SymbolTable) -> StyledText {
        let hex = bytes.prefix(code.length).map { NumberFormat.padded($0, to: 2) }.joined()
        return StyledText(NumberFormat.padded(address, to: 8) + "  ") + StyledText(hex, .dim).padded(to: 16)
            + StyledText(" " + code.named(symbols))
    }
}

extension Disassembly {
    /// The text with a jump's or call's target by its name, as WinDbg writes it: `call ntdll!NtClose (77f51040)`.
    func named(_ symbols: SymbolTable) -> String {
        guard let target, let place = symbols.location(of: UInt64(target)) else { return text }
        return "\(mnemonic) \(place) (\(NumberFormat.padded(target, to: 8)))"
    }
}
