import Debugger
import X86

/// Registers in the layout of WinDbg's `r`: three lines of at most 79 columns.
struct RegisterDisplay {
    let state: RegisterState

    var lines: [StyledText] {
        let general = pairs([.eax, .ebx, .ecx, .edx, .esi, .edi])
        let pointers = "eip=\(NumberFormat.padded(state.eip, to: 8)) " + pairs([.esp, .ebp])
        let privilege = "iopl=\(state.eflags >> 12 & 3)"
        let selectors = [SegmentName.cs, .ss, .ds, .es, .fs, .gs].map {
            "\($0.name)=\(NumberFormat.padded(state[$0], to: 4))"
        }
        let flags = "efl=\(NumberFormat.padded(state.eflags, to: 8))"
        return [
            StyledText(general), StyledText("\(pointers) \(privilege)         \(flagWords)"),
            StyledText(selectors.joined(separator: "  ") + "             " + flags),
        ]
    }

    private func pairs(_ registers: [Register]) -> String {
        registers.map { "\($0.name)=\(NumberFormat.padded(state[$0], to: 8))" }.joined(separator: " ")
    }

    /// Two letters for each flag, whether it is set or not: `nv up ei pl zr na pe nc`.
    private var flagWords: String {
        Self.words.map { state.eflags & $0.mask != 0 ? $0.set : $0.clear }.joined(separator: " ")
    }

    private static let words: [(mask: UInt32, set: String, clear: String)] = [
        (Flags.overflow, "ov", "nv"), (Flags.direction, "dn", "up"), (Flags.interrupt, "ei", "di"),
        (Flags.sign, "ng", "pl"), (Flags.zero, "zr", "nz"), (Flags.adjust, "ac", "na"), (Flags.parity, "pe", "po"),
        (Flags.carry, "cy", "nc"),
    ]
}

extension LearnSession {
    /// All registers, then the next instruction.
    func showRegisters(of machine: Machine) {
        output.print(RegisterDisplay(state: machine.cpu.state).lines)
        output.print(listing(on: machine).lines(at: machine.cpu.linearEIP, count: 1).lines)
    }
}
