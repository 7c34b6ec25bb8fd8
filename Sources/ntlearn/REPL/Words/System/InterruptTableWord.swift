import Debugger
import X86

/// `!idt`: the interrupt descriptor table.
struct InterruptTableWord: Word {
    static let spec = WordSpec(
        name: "!idt", group: .system, usage: "!idt [VECTOR]",
        summary: "show the interrupt descriptor table, or one gate",
        detail: """
            Each gate has its handler, its type and its DPL: INT n is allowed if CPL is not above the DPL. An interrupt \
            gate clears IF, a trap gate does not. Equal neighbours share a line.
            """,
        example: "!idt 2e")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var reader = ArgumentReader(arguments, in: session)
        let only = reader.isAtEnd ? nil : try reader.expression()
        try reader.requireEnd(Self.spec)
        if let only, only > 0xFF {
            throw WordError("A vector is 0 to ff.", hint: LearnSession.radixHint, column: arguments.column)
        }
        session.output.print(StyledText("IDT at \(Hex.digits(machine.cpu.idtr.base))", .heading))
        let vectors = only.map { [UInt8($0)] } ?? Array(UInt8.min...UInt8.max)
        for group in Self.groups(vectors, on: machine) { session.output.print(Self.line(group, on: machine)) }
    }

    /// Vectors one behind the other with the same gate.
    private struct Group {
        var first: UInt8
        var last: UInt8
        let gate: Descriptor?
    }

    private static func groups(_ vectors: [UInt8], on machine: Machine) -> [Group] {
        vectors.reduce(into: []) { groups, vector in
            let gate = machine.gate(vector)
            if let last = groups.last, last.gate == gate {
                groups[groups.count - 1].last = vector
            } else {
                groups.append(Group(first: vector, last: vector, gate: gate))
            }
        }
    }

    private static func line(_ group: Group, on machine: Machine) -> StyledText {
        let first = Hex.digits(UInt64(group.first), width: 2)
        let range = group.first == group.last ? first : "\(first)-\(Hex.digits(UInt64(group.last), width: 2))"
        return StyledText("\(range):".padding(to: 7)) + StyledText(text(of: group.gate, on: machine))
    }

    private static func text(of gate: Descriptor?, on machine: Machine) -> String {
        guard let gate else { return "beyond the table's limit" }
        guard gate.isPresent else { return "not present" }
        let kind = gate.system?.name ?? "no gate"
        let selector = "selector \(Hex.digits(UInt64(gate.gateSelector), width: 4))"
        guard gate.system != .taskGate else { return "\(selector), \(kind), DPL \(gate.dpl)" }
        let place = machine.symbols.location(of: UInt64(gate.gateOffset)).map { " \($0)" } ?? ""
        return "\(Hex.digits(gate.gateOffset))\(place)  (\(kind), DPL \(gate.dpl), \(selector))"
    }
}
