import X86

/// The programs that drills run, as assembly text.
enum DrillProgram {
    /// Ends the program.
    private static let end = ["push 0", "push -1", "call ntdll@NtTerminateProcess"]

    /// A call of a service through its stub. `program!return1` is the instruction behind the call.
    static func call(_ stub: String, _ arguments: [UInt32], before: [String] = []) -> String {
        let pushes = arguments.reversed().map { "push \(DrillTask.written($0))" }
        return text(before + pushes + ["call \(stub)", "program@return1:"] + end)
    }

    /// INT 2Eh with a number of the program's own, and room on the stack for as many arguments as any service takes.
    /// `program!after` is behind it.
    static func interrupt(number: UInt32, before: [String] = []) -> String {
        let number = DrillTask.written(number)
        return text(
            before + ["sub esp, 0x80", "mov eax, \(number)", "mov edx, esp", "int 0x2E", "program@after:"] + end)
    }

    /// Instructions as they stand.
    static func plain(_ lines: [String]) -> String { text(lines + end) }

    private static func text(_ lines: [String]) -> String {
        lines.map { $0.hasSuffix(":") ? $0 : "    " + $0 }.joined(separator: "\n") + "\n"
    }
}

extension DrillTask {
    /// A service of a machine, the label of its stub, and arguments for it.
    struct Call {
        let service: ServiceTables.Service
        let stub: String
        let arguments: [UInt32]
        /// In bytes, what the stub's RET takes off the stack.
        var bytes: UInt32 { UInt32(service.argumentBytes) }
        /// The stub's symbol: `ntdll!NtClose`.
        var symbol: String { stub.replacing("@", with: "!") }
    }

    /// Draws a service of one of the tables that comes back, with arguments.
    mutating func call(on machine: DrillMachine, table: UInt32 = 0, arguments most: Int = 6) throws -> Call {
        let suited = machine.services(table: table).filter {
            !Self.strays.contains($0.name) && Int($0.argumentBytes) <= most * 4
        }
        let service = try draw.pick(suited)
        let label = try world.library.file(machine.image).stub(for: try ServiceCall("\(service.name)(...)"))
        return Call(
            service: service, stub: label, arguments: (0..<Int(service.argumentBytes / 4)).map { _ in draw.handle() })
    }

    /// Services that do not come back, or that load what the arguments point to.
    private static let strays: Set = ["NtTerminateProcess", "NtTerminateThread", "NtLoadDriver", "NtContinue"]

    /// `3 arguments`
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
