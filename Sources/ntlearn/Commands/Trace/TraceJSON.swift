import Debugger
import Lessons
import X86

/// The JSON lines of `ntlearn trace --format json`: a contract, see docs/commands.md.
enum TraceJSON {
    /// The line of one step.
    /// - Parameter number: counted from 0 at the trace's beginning.
    static func line(_ step: TraceStep, number: Int) -> JSONLine {
        JSONLine { line in
            line.integer("step", number)
            line.hex("eip", step.before.eip)
            line.string("symbol", step.location?.symbol.name)
            line.integer("offset", (step.location?.offset).map { Int(clamping: $0) })
            line.string("bytes", Hex.digits(step.bytes))
            line.string("text", step.code.text)
            line.integer("cpl", Int(step.before.cpl))
            line.registers("regs", step.before)
            line.objects("effects", step.effects) { $0.effect($1) }
        }
    }

    /// The last line.
    static func end(
        _ end: Machine.RunEnd, steps: Int, _ variables: [ProgramVariable], on machine: Machine
    ) -> JSONLine {
        JSONLine { line in
            line.string("end", end.rawValue)
            line.integer("steps", steps)
            guard !variables.isEmpty else { return }
            line.objects("variables", variables) { line, variable in
                line.string("name", variable.name)
                line.hex("address", variable.address)
                line.string("bytes", Hex.digits(variable.bytes(on: machine)))
            }
        }
    }
}

extension JSONLine {
    /// All registers that a debugger shows.
    mutating func registers(_ key: String, _ state: RegisterState) {
        object(key) { line in
            for register in Register.allCases { line.hex(register.name, state[register]) }
            line.hex("eip", state.eip)
            line.hex("eflags", state.eflags)
            for name in [SegmentName.cs, .ss, .ds, .es, .fs, .gs] { line.hex(name.name, state[name]) }
        }
    }
}
