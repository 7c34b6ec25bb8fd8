import Debugger
import X86

/// `r`: registers, shown and changed.
struct RegistersWord: Word {
    static let spec = WordSpec(
        name: "r", group: .registers, usage: "r [REGISTER[=EXPRESSION]]",
        summary: "show the registers, or one, or change one",
        detail: """
            Without an argument it shows the registers and the next instruction, as WinDbg does. The general registers, \
            eip, efl, their parts (al, cx) and the flags (zf, if) can be changed; .undo takes a change back.

            The flags: ov/nv overflow, dn/up direction, ei/di interrupts, ng/pl sign, zr/nz zero, ac/na adjust, pe/po \
            parity, cy/nc carry; the first of each pair means set.
            """,
        example: "r eax=19", completion: [.register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        if arguments.isEmpty { return session.showRegisters(of: machine) }
        guard let (target, value) = arguments.assignment else {
            return try show(arguments.rest, column: arguments.column, of: machine, in: session)
        }
        let column = arguments.column + arguments.rest.count - value.count
        let number = try session.value(of: WordArguments(word: "r", rest: value, column: column))
        try session.change(
            try Self.edit(Self.name(target), number, column: arguments.column, on: machine), column: arguments.column)
        try show(target, column: arguments.column, of: machine, in: session)
    }

    private static func edit(
        _ name: String, _ value: UInt64, column: Int, on machine: Machine
    ) throws(WordError) -> MachineEdit {
        do throws(EditError) { return try MachineEdit(register: name, value: value, on: machine) } catch {
            throw WordError(error, column: column)
        }
    }

    private static func name(_ text: String) -> String {
        text.lowercased().drop { $0 == "@" }.split(separator: " ").joined()
    }

    private func show(
        _ register: String, column: Int, of machine: Machine, in session: LearnSession
    ) throws(WordError) {
        let name = Self.name(register)
        let value = try session.value(of: WordArguments(word: "r", rest: "@\(name)", column: column))
        session.output.print(StyledText("\(name)=\(NumberFormat.padded(value, to: Machine.digits(of: name)))"))
    }
}
