import Debugger
import X86

/// An instruction in WinDbg's syntax, with a symbol for the target of a direct jump or call.
struct StepText {
    private static let masm = Disassembler(.masm)
    private let symbols: SymbolTable

    init(symbols: SymbolTable) { self.symbols = symbols }

    func text(of step: TraceStep) -> String {
        guard !step.bytes.isEmpty else { return step.isFetchRefused ? step.code.text : "(no page to fetch from)" }
        let code = Self.masm.disassemble(step.bytes, at: step.address)
        guard let target = code.target, let location = symbols.location(of: UInt64(target)),
            let blank = code.text.lastIndex(of: " ")
        else { return code.text }
        return "\(code.text[..<blank]) \(location)"
    }
}
