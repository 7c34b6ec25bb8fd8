import Debugger
import LessonEngine
import X86

/// The MSRs 174h, 175h, 176h and STAR: what they are for, and on which machine they hold what.
struct ModelSpecificTopic: DrillTopic {
    let name = "msr"
    let summary = "the MSRs of SYSENTER and SYSCALL"

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        switch task.level {
        case .basic: try purpose(&task)
        case .usual: try value(&task)
        case .hard: try boot(&task)
        }
    }

    private static let sysenter: [[(String, String)]] = [
        [("xp", "pentium3"), ("xp", "pentium2"), ("xp", "athlon"), ("xpsp2", "pentium3"), ("xpsp2", "athlon")]
    ]

    // MARK: What is it for?

    private func purpose(_ task: inout DrillTask) throws -> WrittenQuiz {
        let isSyscall = task.draw.number(0...2) == 0
        let machine = try isSyscall ? task.world.machine("xp", "k6-2") : task.machine(Self.repeated)
        let source = try task.draw.pick(isSyscall ? Self.starParts : Self.sysenterRegisters)
        let value = source.value(machine.msrs)
        let state = machine.entry.before
        // The machine tells: the register whose value behind the door is that of the MSR.
        let loaded = [("CS", UInt64(state[.cs])), ("ESP", UInt64(state[.esp])), ("EIP", UInt64(state.eip))]
        guard let answer = loaded.first(where: { $0.1 == value })?.0 else {
            throw DrillError("\(source.name) goes to no register on \(machine.image)")
        }
        task.ask("\(machine.doorName) has just executed. Which register was loaded from \(source.name)?")
        task.explain(source.explanation)
        let say = [
            "CS": "CS, and with it SS, comes from \(isSyscall ? "bits 47 to 32 of STAR" : "MSR 174h").",
            "ESP": isSyscall ? "SYSCALL does not touch ESP." : "ESP comes from MSR 175h.",
            "EIP": "EIP comes from \(isSyscall ? "bits 31 to 0 of STAR" : "MSR 176h").",
            "EDX": "EDX is loaded before, by the code in ring 3; \(machine.doorName) leaves it alone.",
        ]
        return task.choice(answer, of: ["CS", "ESP", "EIP", "EDX"].map { ($0, say[$0] ?? "") })
    }

    private static let repeated = [sysenter[0], [], []]

    private struct Source {
        let name: String
        let explanation: String
        let value: @Sendable ([UInt32: UInt64]) -> UInt64?
    }

    private static let sysenterRegisters = [
        Source(name: "MSR 174h", explanation: "MSR 174h gives CS; SS is the next selector.") { $0[0x174] },
        Source(name: "MSR 175h", explanation: "MSR 175h gives ESP: a small stack of the processor's own.") {
            $0[0x175]
        },
        Source(name: "MSR 176h", explanation: "MSR 176h gives EIP: where the kernel begins.") { $0[0x176] },
    ]
    private static let starParts = [
        Source(name: "bits 31 to 0 of STAR", explanation: "STAR's lower half is the new EIP.") {
            $0[0xC000_0081].map { $0 & 0xFFFF_FFFF }
        },
        Source(name: "bits 47 to 32 of STAR", explanation: "CS comes from there; SS is the next selector.") {
            $0[0xC000_0081].map { $0 >> 32 & 0xFFFF }
        },
    ]

    // MARK: What comes of it?

    private func value(_ task: inout DrillTask) throws -> WrittenQuiz {
        let isSyscall = task.draw.number(0...2) == 0
        let machine = try isSyscall ? task.world.machine("xp", "k6-2") : task.machine(Self.repeated)
        let isBack = task.draw.coin()
        let registers = isBack ? ["CS", "SS"] : isSyscall ? ["CS", "SS", "EIP"] : ["CS", "SS", "ESP", "EIP"]
        let register = try task.draw.pick(registers)
        let instruction = isBack ? machine.exitName : machine.doorName
        let values = machine.msrs.sorted { $0.key < $1.key }.filter { isSyscall == ($0.key == 0xC000_0081) }.filter {
            isSyscall || $0.key < 0x200
        }
        let listed = values.map {
            "\(isSyscall ? "STAR" : "MSR \(DrillTask.hex($0.key))") = \(LiveValue.text($0.value))"
        }
        task.ask(
            "\(machine.title). \(listed.joined(separator: ", ")). What is in \(register) when \(instruction) "
                + "has executed?"
        )
        mistakes(register, isSyscall: isSyscall, isBack: isBack, &task)
        task.explain(rule(isSyscall: isSyscall, isBack: isBack))
        let place = isBack ? machine.landing : machine.entry
        return task.value(
            register.lowercased(), on: machine, program: DrillProgram.call("ntdll@NtClose", [task.draw.handle()]),
            at: DrillTask.literal(place.address))
    }

    private func mistakes(_ register: String, isSyscall: Bool, isBack: Bool, _ task: inout DrillTask) {
        task.mistake("8", "That is the kernel's CS.")
        task.mistake("0x10", "That is the kernel's SS: CS + 8.")
        task.mistake("0x18", "A selector of ring 3 has 3 in its lowest two bits.")
        task.mistake("0x20", "A selector of ring 3 has 3 in its lowest two bits.")
        task.mistake("0x1B", "That is CS in ring 3.")
        task.mistake("0x23", "That is SS in ring 3.")
        guard !isSyscall else { return }
        task.mistake("msr(175)", "That goes to ESP.")
        task.mistake("msr(176)", "That goes to EIP.")
    }

    private func rule(isSyscall: Bool, isBack: Bool) -> String {
        switch (isSyscall, isBack) {
        case (false, false): "CS from 174h, SS = CS + 8, ESP from 175h, EIP from 176h."
        case (false, true): "SYSEXIT: CS is MSR 174h + 16, SS is MSR 174h + 24, both with ring 3 in the lowest bits."
        case (true, false): "EIP is bits 31 to 0 of STAR, CS bits 47 to 32, SS = CS + 8; ESP stays."
        case (true, true): "SYSRET: CS is bits 63 to 48 of STAR with ring 3, SS is that + 8."
        }
    }

    // MARK: Who has filled it?

    private func boot(_ task: inout DrillTask) throws -> WrittenQuiz {
        let image = try task.draw.pick(DrillWorld.images)
        let machine = try task.world.machine(image, try task.draw.pick(CPUModel.all.map(\.name)))
        let index = try task.draw.pick([UInt32(0x174), 0x175, 0x176, 0xC000_0081])
        let name = index == 0xC000_0081 ? "STAR (MSR C0000081h)" : "MSR \(DrillTask.hex(index))"
        task.ask("\(machine.title), booted. What does \(name) hold?")
        let texts = [
            "Nothing: this processor has no such register.", "0: the kernel has left it alone.",
            "What the kernel has put there for its way in.",
        ]
        let answer = machine.msrs[index].map { $0 == 0 ? texts[1] : texts[2] } ?? texts[0]
        task.explain(
            "\(machine.title) enters the kernel by \(machine.doorName), and the kernel fills only what that needs.")
        return task.choice(
            answer,
            of: [
                (texts[0], "The \(machine.cpu.title) has it. Whether the kernel uses it is another matter."),
                (texts[1], "Is the register there at all, and does \(machine.doorName) need it?"),
                (texts[2], "This machine enters the kernel by \(machine.doorName), which does not need it."),
            ])
    }
}
