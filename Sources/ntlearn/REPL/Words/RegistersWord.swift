import Debugger
import X86

/// `r`: registers, shown and changed.
struct RegistersWord: Word {
    static let spec = WordSpec(
        name: "r", group: .machine, usage: "r [REGISTER[=EXPRESSION]]",
        summary: "show the registers, or one, or change one",
        detail: """
            Without an argument it shows the registers and the next instruction, as WinDbg does. The general registers, \
            eip and eflags can be changed.
            """,
        example: "r eax=19", completion: [.register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        if arguments.isEmpty { return session.showRegisters(of: machine) }
        guard let (target, value) = arguments.assignment else {
            return try show(arguments.rest, column: arguments.column, of: machine, in: session)
        }
        let column = arguments.column + arguments.rest.count - value.count
        try change(Self.name(target), to: try session.evaluate(value, column: column), of: machine)
        try show(target, column: arguments.column, of: machine, in: session)
    }

    private static func name(_ text: String) -> String {
        text.lowercased().drop { $0 == "@" }.split(separator: " ").joined()
    }

    private func show(
        _ register: String, column: Int, of machine: Machine, in session: LearnSession
    ) throws(WordError) {
        let name = Self.name(register)
        let value = try session.evaluate("@\(name)", column: column)
        session.output.print(StyledText("\(name)=\(NumberFormat.padded(value, to: Machine.digits(of: name)))"))
    }

    private func change(_ name: String, to value: UInt64, of machine: Machine) throws(WordError) {
        let value = UInt32(truncatingIfNeeded: value)
        if let register = Register.allCases.first(where: { $0.name == name }) {
            machine.cpu[register] = value
        } else if name == "eip" {
            machine.cpu.eip = value
        } else if name == "eflags" || name == "efl" {
            machine.cpu.eflags = value
        } else {
            throw WordError(
                "\"\(name.prefix(20))\" is not a register that can be changed.",
                hint: "These can: \(Register.allCases.map(\.name).joined(separator: ", ")), eip, eflags.")
        }
    }
}

extension LearnSession {
    /// All registers in WinDbg's layout, then the next instruction.
    func showRegisters(of machine: Machine) {
        let state = machine.cpu.state
        func pairs(_ names: [String]) -> String {
            names.map { "\($0)=\(NumberFormat.padded(machine.register(named: $0) ?? 0, to: 8))" }.joined(separator: " ")
        }
        func selectors(_ names: [SegmentName]) -> String {
            names.map { "\($0.name)=\(NumberFormat.padded(state[$0], to: 4))" }.joined(separator: "  ")
        }
        output.print(StyledText(pairs(["eax", "ebx", "ecx", "edx", "esi", "edi"])))
        output.print(StyledText(pairs(["eip", "esp", "ebp"]) + " iopl=\(state.eflags >> 12 & 3)  cpl=\(state.cpl)"))
        output.print(
            StyledText(selectors([.cs, .ss, .ds, .es, .fs, .gs]) + "  efl=\(NumberFormat.padded(state.eflags, to: 8))"))
        let set = Flags.names.filter { state.eflags & $0.mask != 0 }.map(\.name)
        output.print(StyledText("flags: \(set.isEmpty ? "none" : set.joined(separator: " "))"))
        output.print(disassembly(at: machine.cpu.linearEIP, count: 1, on: machine).lines)
    }
}
