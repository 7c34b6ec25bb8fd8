import Debugger
import LessonEngine
import X86

/// What the trap frame holds once the kernel has made it.
struct TrapFrameTopic: DrillTopic {
    let name = "frame"
    let summary = "what the trap frame holds of the caller"

    private enum Field: CaseIterable {
        case eip, esp, eflags, cs, ss, fs, ebx, esi, edi, ebp

        /// The offset in KTRAP_FRAME, the same from NT 3.1 to 8.0.
        var offset: UInt32 {
            switch self {
            case .fs: 0x50
            case .edi: 0x54
            case .esi: 0x58
            case .ebx: 0x5C
            case .ebp: 0x60
            case .eip: 0x68
            case .cs: 0x6C
            case .eflags: 0x70
            case .esp: 0x74
            case .ss: 0x78
            }
        }

        var name: String { "\(self)".uppercased() }
    }

    private static let fields: [DrillLevel: [Field]] = [
        .basic: [.eip, .cs, .ss, .ebx, .esi, .edi, .ebp], .usual: [.eip, .esp, .eflags, .ebx, .fs],
        .hard: [.eip, .esp, .eflags, .eflags],
    ]

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let machine = try task.machine()
        let call = try task.call(on: machine)
        let setup = Setup(&task)
        let field = try task.draw.pick(Self.fields[task.level] ?? [])
        let program = DrillProgram.call(call.stub, call.arguments, before: setup.lines)
        let before = try atStub(machine, call, program, task)
        task.ask(try ask(field, machine, call, setup, before, task))
        mistakes(field, machine, setup, esp: before[.esp], &task)
        task.explain(explanation(field, machine))
        return task.value(
            "poi(ebp + \(DrillTask.literal(field.offset)))", on: machine, program: program,
            at: DrillTask.literal(machine.dispatch))
    }

    /// What the program loads before it pushes the arguments.
    private struct Setup {
        let registers: [(name: String, value: UInt32)]
        let flags: [String]

        init(_ task: inout DrillTask) {
            registers = ["ebx", "esi", "edi", "ebp"].map { ($0, task.draw.number(0x1000...0xFFFF)) }
            let carry = task.draw.coin()
            let direction = task.draw.coin()
            flags = (carry ? ["stc"] : []) + (direction ? ["std"] : [])
        }

        var lines: [String] { registers.map { "mov \($0.name), \(DrillTask.written($0.value))" } + flags }
        func value(_ name: String) -> UInt32 { registers.first { $0.name == name }?.value ?? 0 }
    }

    private func atStub(
        _ machine: DrillMachine, _ call: DrillTask.Call, _ program: String, _ task: DrillTask
    ) throws -> RegisterState {
        let request = TraceRequest(machine: machine.request(program: program), from: call.symbol)
        return try task.world.library.prepare(request).machine.cpu.state
    }

    private func ask(
        _ field: Field, _ machine: DrillMachine, _ call: DrillTask.Call, _ setup: Setup, _ state: RegisterState,
        _ task: DrillTask
    ) throws -> String {
        let end = "What does the kernel's trap frame hold as the caller's \(field.name)?"
        let name = call.service.name
        switch field {
        case .eip:
            return "\(machine.title). A program calls `\(name)` and comes to these instructions:\n\n"
                + DrillTask.listing(try wayIn(machine, call, task)) + "\n\n\(end)"
        case .esp:
            return
                "\(machine.title). At the first instruction of `\(name)`'s stub ESP is "
                + "\(DrillTask.hex(state[.esp])). \(end)"
        case .eflags:
            return
                "\(machine.title). At the first instruction of `\(name)`'s stub EFLAGS is "
                + "\(DrillTask.hex(state.eflags)). \(end)"
        case .cs, .ss, .fs:
            return "\(machine.title). A program in ring 3 calls `\(name)`. \(end)"
        case .ebx, .esi, .edi, .ebp:
            let loaded = setup.registers.map { "\($0.name.uppercased()) = \(DrillTask.hex($0.value))" }
            return "\(machine.title). A program calls `\(name)` with \(loaded.joined(separator: ", ")). \(end)"
        }
    }

    /// The stub and what it calls, up to the instruction that enters the kernel.
    private func wayIn(
        _ machine: DrillMachine, _ call: DrillTask.Call, _ task: DrillTask
    ) throws -> [(address: UInt32, code: Disassembly)] {
        let stub = try task.world.code(of: call.symbol, on: machine).dropLast().map { ($0.address, $0.code) }
        guard !machine.doorIsInStub else { return stub }
        return stub + machine.wayIn.suffix(2).map { ($0.address, $0.code) }
    }

    private func mistakes(
        _ field: Field, _ machine: DrillMachine, _ setup: Setup, esp: UInt32, _ task: inout DrillTask
    ) {
        switch field {
        case .eip:
            task.mistake(
                "program!return1",
                "That is where the program goes on, after the stub's RET. The frame is for ring 0's way out.")
            task.mistake(
                "poi(ebp + 68) - 2",
                "That is the instruction that enters the kernel. It would be executed again, for ever.")
        case .esp:
            task.mistake(
                DrillTask.literal(esp), "That was ESP in the stub; its CALL has pushed a return address since.")
            task.mistake(DrillTask.literal(esp &+ 4), "That is where argument 1 lies.")
            task.mistake(DrillTask.literal(esp &- 4), "The stub makes no CALL on Windows 2000: ESP is still the same.")
        case .eflags:
            task.mistake("0x202", "Only XP before SP2 pushes a constant, and only behind SYSENTER and SYSCALL.")
            task.mistake(
                "poi(ebp + 70) & 0xFFFFFDFF",
                "The caller's IF was 1. The kernel sets it in the frame where the door has cleared it.")
        case .cs:
            task.mistake("8", "That is the kernel's. The frame holds the caller's.")
            task.mistake("0x18", "The selector's lowest two bits are the ring, 3.")
        case .ss:
            task.mistake("0x10", "That is the kernel's. The frame holds the caller's.")
            task.mistake("0x20", "The selector's lowest two bits are the ring, 3.")
        case .fs:
            task.mistake("0x30", "That is the kernel's, for the KPCR.")
            task.mistake("0x38", "The selector's lowest two bits are the ring, 3.")
        case .ebx, .esi, .edi, .ebp:
            for (name, value) in setup.registers where name != "\(field)" {
                task.mistake(DrillTask.literal(value), "That is \(name.uppercased()).")
            }
        }
    }

    private func explanation(_ field: Field, _ machine: DrillMachine) -> String {
        let isInterrupt = machine.doorName == "INT 2Eh"
        return switch field {
        case .eip where isInterrupt: "INT pushes the address of the instruction behind it."
        case .eip where machine.doorName == "SYSCALL":
            "SYSCALL leaves the address behind it in ECX, and the kernel pushes that."
        case .eip: "SYSENTER saves nothing: the kernel pushes the address of the RET that it knows to lie behind it."
        case .esp: "ESP as it was when \(machine.doorName) executed."
        case .eflags where isInterrupt: "INT pushes EFLAGS as they were, before it clears IF."
        case .eflags where machine.image == "xp":
            "Before SP2 nobody saves the caller's flags here: the kernel pushes the constant 202h."
        case .eflags: "Since SP2 the kernel pushes the real flags, and sets IF in the frame."
        case .cs: "1Bh: the user's code segment, with ring 3 in the lowest two bits."
        case .ss: "23h: the user's data segment, with ring 3 in the lowest two bits."
        case .fs: "3Bh: the TEB's segment, with ring 3 in the lowest two bits."
        case .ebx, .esi, .edi, .ebp:
            "A system call keeps EBX, ESI, EDI and EBP in the frame, and spoils EAX, ECX and EDX."
        }
    }
}
