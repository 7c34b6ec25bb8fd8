import Debugger
import LessonEngine
import X86

/// A program that faults: the vector, the error code, the address in CR2.
struct FaultTopic: DrillTopic {
    let name = "faults"
    let summary = "exceptions: vector, error code, CR2, saved EIP"

    private enum Part {
        case vector, errorCode, address, saved
    }

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let machine = try task.machine(Self.machines)
        let program = try program(machine, &task)
        let fault = try Fault(of: program, on: machine, task)
        let part = try task.draw.pick(parts(of: fault, task.level))
        task.ask(ask(part, program, fault, machine))
        mistakes(part, fault, &task)
        task.explain(explanation(part, fault))
        return task.value(
            answer(part, fault), on: machine, program: DrillProgram.plain(program.lines),
            at: DrillTask.literal(fault.handler))
    }

    private static let machines = [[("win2k", "pentium2"), ("xp", "pentium3"), ("xpsp2", "pentium3")], [], []]

    private func program(_ machine: DrillMachine, _ task: inout DrillTask) throws -> FaultProgram {
        switch (task.level, task.draw.number(0...5)) {
        case (.basic, 0...3): try .ofInstructions(&task.draw)
        case (.basic, _): try .ofMemory(machine, &task.draw)
        case (.usual, 0): .closedGate(&task.draw)
        case (.usual, 1): try .emptyDescriptor(&task.draw)
        case (.hard, 0...1): .atEdges(&task.draw)
        case (.hard, 2): .closedGate(&task.draw)
        default: try .ofMemory(machine, &task.draw)
        }
    }

    /// What the machine made of a program.
    private struct Fault {
        let exception: Exception
        /// The handler's first instruction.
        let handler: UInt32
        /// The program, as executed.
        let steps: [TraceStep]

        private static let budget = 100

        init(of program: FaultProgram, on machine: DrillMachine, _ task: DrillTask) throws {
            let run = try task.world.started(machine, program: DrillProgram.plain(program.lines))
            var steps: [TraceStep] = []
            while steps.count < Self.budget, run.cpu.cpl == 3 { steps.append(run.step()) }
            guard let exception = steps.last?.exception, run.cpu.cpl == 0 else {
                throw DrillError("\(program.lines.joined(separator: "; ")) raises no exception on \(machine.image)")
            }
            self.exception = exception
            self.steps = steps
            handler = run.cpu.eip
        }

        var vector: UInt32 { UInt32(exception.vector.rawValue) }
        var address: UInt32 { steps.last?.address ?? 0 }
    }

    private func parts(of fault: Fault, _ level: DrillLevel) -> [Part] {
        switch level {
        case .basic: [.vector]
        case .usual: [.errorCode]
        case .hard: fault.exception.address == nil ? [.errorCode, .saved] : [.address, .address, .errorCode, .saved]
        }
    }

    private func answer(_ part: Part, _ fault: Fault) -> String {
        let hasCode = fault.exception.errorCode != nil
        return switch part {
        case .vector: "\(DrillTask.literal(fault.vector)) * (eip == \(DrillTask.literal(fault.handler)))"
        case .errorCode: "poi(esp)"
        case .address: "cr2"
        case .saved: hasCode ? "poi(esp + 4)" : "poi(esp)"
        }
    }

    private func ask(_ part: Part, _ program: FaultProgram, _ fault: Fault, _ machine: DrillMachine) -> String {
        // A jump's target cannot be fetched, so there is nothing to show of it.
        let code =
            part == .saved
            ? DrillTask.listing(fault.steps.filter { !$0.isFetchRefused }) : DrillTask.code(program.lines)
        let note = program.note.isEmpty ? "" : "\n\n\(program.note)"
        let question =
            switch part {
            case .vector: "Its last instruction does not get through. Which vector is the exception's?"
            case .errorCode: "Its last instruction does not get through. Which error code does the processor push?"
            case .address: "Its last instruction does not get through. What is in CR2?"
            case .saved: "Its last instruction does not get through. Which EIP does the processor push?"
            }
        return "\(machine.title). A program in ring 3 executes:\n\n\(code)\(note)\n\n\(question)"
    }

    private func mistakes(_ part: Part, _ fault: Fault, _ task: inout DrillTask) {
        switch part {
        case .vector:
            task.mistake("0", "#DE is for divisions: by zero, or with a quotient that is too large.")
            task.mistake("6", "#UD is for bytes that are no instruction.")
            task.mistake("0xD", "#GP is for what protection forbids and no page table decides.")
            task.mistake("0xE", "#PF is for memory that is not mapped, or not for this ring or this use.")
            task.mistake("3", "Vector 3 is the breakpoint's.")
        case .errorCode where fault.exception.vector == .pageFault:
            for code in UInt32(0)...7 where code != fault.exception.errorCode {
                task.mistake("\(code)", Self.pageFault(code, not: fault.exception.errorCode ?? 0))
            }
        case .errorCode:
            task.mistake("0", "The error code names what was refused: a gate or a descriptor.")
            task.mistake("poi(esp) >> 3", "That is the index. In the error code it begins at bit 3.")
            task.mistake("poi(esp) - 2", "Bit 1 is missing: the index is one of the IDT.")
            task.mistake(
                "poi(esp) | 3", "The selector's RPL is left out: bit 0 means an external event, bit 1 the IDT.")
        case .address:
            task.mistake("poi(esp + 4)", "That is EIP. CR2 holds the address that was to be reached.")
            task.mistake("poi(esp)", "That is the error code.")
            task.mistake("cr2 & 0xFFFFF000", "CR2 holds the whole address, not only the page's.")
            task.mistake("0x12D000", "PUSH first subtracts 4 from ESP.")
            for inside in UInt32(1)...3 {
                task.mistake(
                    DrillTask.literal(0x40_1000 - inside), "That byte is there. CR2 tells the first one that is not.")
            }
        case .saved:
            task.mistake("cr2", "That is what CR2 holds.")
            for step in fault.steps {
                task.mistake(
                    DrillTask.literal(step.address),
                    "That instruction was executed. A fault points to the one that was not.")
                task.mistake(
                    DrillTask.literal(step.address &+ UInt32(step.code.length)),
                    "A fault is reported before the instruction has any effect, and EIP points to it, not behind it.")
            }
        }
    }

    /// The bit of a page fault's error code that sets a wrong one apart.
    private static func pageFault(_ given: UInt32, not code: UInt32) -> String {
        let wrong = given ^ code
        if wrong & 4 != 0 { return "Bit 2 tells the ring: it is 1 for ring 3." }
        if wrong & 1 != 0 {
            return "Bit 0 tells why: 0 for a page that is not there, 1 for one that forbids the access."
        }
        return "Bit 1 tells what was tried: 0 to read or to fetch, 1 to write."
    }

    private func explanation(_ part: Part, _ fault: Fault) -> String {
        let name = "\(fault.exception.vector.mnemonic), vector \(DrillTask.hex(fault.vector))"
        switch part {
        case .vector: return "It is \(name)."
        case .errorCode where fault.exception.vector == .pageFault:
            return "It is \(name). Bit 0: the page is present. Bit 1: a write. Bit 2: from ring 3."
        case .errorCode:
            return "It is \(name). The code is 0, or the selector's index times 8, with bit 1 for a gate of the IDT."
        case .address: return "It is \(name). CR2 holds the first address that could not be reached."
        case .saved: return "It is \(name), a fault: EIP is that of the instruction that did not get through."
        }
    }
}
