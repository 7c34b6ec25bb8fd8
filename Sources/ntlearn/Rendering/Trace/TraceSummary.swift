import Debugger
import X86

/// How a trace ended, and with which registers.
struct TraceSummary {
    let end: Machine.RunEnd
    let steps: Int
    let after: RegisterState
    /// Where EIP points now.
    let location: SymbolLocation?
    /// What the guest wrote to its console meanwhile.
    let printed: [UInt8]

    func lines(columns: Int, isPlain: Bool) -> [StyledText] {
        let registers = [Register.eax, .edx, .esp].map { "\($0.name)=\(Hex.digits(after[$0]))" }
        let text =
            isPlain
            ? [StyledText("\(sentence) Now \(registers.joined(separator: ", ")).")]
            : [""] + StyledText(sentence, .strong).wrapped(to: min(columns, 78))
                + [StyledText(registers.joined(separator: "  "), .changed)]
        return text + guestText
    }

    private var sentence: String {
        let count = "\(steps) instruction\(steps == 1 ? "" : "s")"
        let place = location.map { "\($0) (\(Hex.digits(after.eip)))" } ?? Hex.digits(after.eip)
        return switch end {
        case .reached: "\(count), then \(place) was reached."
        case .halted: "\(count), then the machine halted."
        case .shutdown: "\(count), then the processor shut down: a triple fault."
        case .budget: "\(count), the limit; the next one is at \(place). More with --max-steps."
        case .interrupted: "\(count), then the run was interrupted at \(place)."
        }
    }

    private var guestText: [StyledText] {
        guard !printed.isEmpty else { return [] }
        let lines = String(decoding: printed, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
        return [StyledText("The guest printed:")] + lines.map { StyledText("  ") + StyledText(String($0), .code) }
    }
}
