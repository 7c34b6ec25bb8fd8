import Debugger
import X86

/// Disassembly as WinDbg prints it: a symbol's name above its first instruction, then address, bytes, text.
struct Listing {
    let machine: Machine
    /// What the learner changed, to be marked.
    let edits: EditLog

    private static let disassembler = Disassembler(.masm)
    /// Behind an instruction that the learner changed.
    static let changeMark = "  ; changed"

    /// Instructions one behind the other.
    /// - Parameters:
    ///   - count: how many at most.
    ///   - last: no instruction begins behind this address.
    ///   - namesFirst: whether the first instruction has a heading even if no symbol begins there.
    /// - Returns: the lines, and the address behind the last instruction.
    func lines(
        at start: UInt32, count: Int, last: UInt32? = nil, namesFirst: Bool = true
    ) -> (lines: [StyledText], end: UInt32) {
        var lines: [StyledText] = []
        var address = start
        for _ in 0..<count where last.map({ address &- start <= $0 &- start }) ?? true {
            let row = self.lines(at: address, isFirst: namesFirst && address == start)
            lines += row.lines
            guard row.length > 0 else { break }
            address &+= UInt32(row.length)
        }
        return (lines, address)
    }

    /// A function's instructions by address, an empty line where some are left out.
    func lines(of body: FunctionBody) -> [StyledText] {
        var lines: [StyledText] = []
        var next: UInt32?
        for address in body.addresses {
            if let next, next != address { lines.append("") }
            let row = self.lines(at: address, isFirst: next != address)
            lines += row.lines
            next = address &+ UInt32(row.length)
        }
        return lines
    }

    private func lines(at address: UInt32, isFirst: Bool) -> (lines: [StyledText], length: Int) {
        let bytes = machine.cpu.bytes(at: address, count: 15)
        guard !bytes.isEmpty else {
            return ([StyledText("\(Hex.digits(address)) ??              no page is present here", .bad)], 0)
        }
        let code = Self.disassembler.disassemble(bytes, at: address)
        let place = machine.symbols.location(of: UInt64(address))
        let heading = place.flatMap { $0.offset == 0 || isFirst ? [StyledText("\($0):", .heading)] : nil } ?? []
        return (heading + [row(code, bytes, address)], code.length)
    }

    private func row(_ code: Disassembly, _ bytes: [UInt8], _ address: UInt32) -> StyledText {
        let hex = StyledText(Hex.digits(bytes.prefix(code.length)), .dim).padded(to: 15)
        let mark = edits.touches(address, count: code.length) ? StyledText(Self.changeMark, .changed) : ""
        return StyledText(Hex.digits(address) + " ") + hex + StyledText(" " + code.columns(machine.symbols)) + mark
    }
}

extension LearnSession {
    /// Disassembly with the learner's changes marked.
    func listing(on machine: Machine) -> Listing { Listing(machine: machine, edits: debugger.edits) }
}

extension Disassembly {
    /// Mnemonic and operands in columns; a jump's or call's target by its name: `call    ntdll!NtClose (77f51040)`.
    func columns(_ symbols: SymbolTable) -> String {
        if let target, let place = symbols.location(of: UInt64(target)) {
            return "\(mnemonic.padding(to: 7)) \(place) (\(Hex.digits(target)))"
        }
        guard let blank = text.firstIndex(of: " "), !text.hasPrefix("rep"), !text.hasPrefix("lock") else { return text }
        let operands = text[text.index(after: blank)...].replacing(", ", with: ",")
        return "\(text[..<blank].description.padding(to: 7)) \(operands)"
    }
}
