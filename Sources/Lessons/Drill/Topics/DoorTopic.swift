import LessonEngine
import X86

/// Which instruction enters the kernel, and which one leaves it.
struct DoorTopic: DrillTopic {
    let name = "door"
    let summary = "which instruction enters or leaves the kernel"

    private static let easy = [
        ("win2k", "pentium2"), ("win2k", "pentium3"), ("xp", "pentium"), ("xp", "pentium3"), ("xp", "k6-2"),
        ("xpsp2", "pentium3"), ("xpsp2", "pentium"),
    ]

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let all = DrillWorld.images.flatMap { image in CPUModel.all.map { (image, $0.name) } }
        let (image, cpu) = try task.draw.pick(task.level == .basic ? Self.easy : all)
        let machine = try task.world.machine(image, cpu)
        if task.level == .hard, task.draw.coin() { return try wayOut(machine, &task) }
        task.ask("\(machine.title). By which instruction does a system call enter the kernel?")
        task.explain(reason(machine))
        return task.choice(
            machine.doorName,
            of: [
                ("INT 2Eh", "The gate is there, but this machine's stubs use a faster way."),
                ("SYSENTER", noSysenter(machine)), ("SYSCALL", noSyscall(machine)),
            ])
    }

    /// A call through the old gate leaves by the way that the boot has chosen for all calls.
    private func wayOut(_ machine: DrillMachine, _ task: inout DrillTask) throws -> WrittenQuiz {
        task.ask(
            "\(machine.title). A program executes INT 2Eh itself, with a valid number in EAX and EDX pointing to the "
                + "arguments. By which instruction does the kernel come back to it?")
        let run = try task.world.started(machine, program: DrillProgram.interrupt(number: number(machine)))
        var last = run.nextStep()
        while run.cpu.cpl == 3, !run.hasStopped { last = run.step() }
        while run.cpu.cpl == 0, !run.hasStopped { last = run.step() }
        task.explain(
            "The kernel has chosen one way back at boot, for all calls, whichever way they came. Here it is "
                + "\(DrillMachine.name(last)).")
        let say =
            "The way back belongs to the machine, not to the way in: the kernel's exit branch is patched once, at boot."
        return task.choice(
            DrillMachine.name(last), of: [("IRETD", say), ("SYSEXIT", say), ("SYSRET", say)])
    }

    /// NtClose's.
    private func number(_ machine: DrillMachine) -> UInt32 {
        machine.services(table: 0).first { $0.name == "NtClose" }?.number ?? 0
    }

    private func reason(_ machine: DrillMachine) -> String {
        if machine.image == "win2k" { return "Windows 2000 always uses INT 2Eh, whatever the processor." }
        switch machine.doorName {
        case "SYSENTER": return "XP uses SYSENTER where the processor really has it."
        case "SYSCALL":
            return "A K6-2 has SYSCALL and no SYSENTER. As claimed in 2004: no dump of a real system confirms it."
        default: return "Without a way that both the processor and this release know, XP falls back on INT 2Eh."
        }
    }

    private func noSysenter(_ machine: DrillMachine) -> String {
        if machine.image == "win2k" { return "Windows 2000 does not know SYSENTER: it always uses INT 2Eh." }
        if machine.cpu.name == "pentium-pro" { return "The Pentium Pro sets the SEP bit but has no working SYSENTER." }
        return "The \(machine.cpu.title) has no SYSENTER."
    }

    private func noSyscall(_ machine: DrillMachine) -> String {
        if machine.image == "win2k" { return "Windows 2000 does not know SYSCALL: it always uses INT 2Eh." }
        if machine.cpu.name == "athlon" { return "The Athlon has both, and Windows takes SYSENTER if SEP is set." }
        if machine.cpu.hasSystemCall { return "The processor has it, but this release is not known to use it." }
        return "The \(machine.cpu.title) has no SYSCALL outside of 64-bit mode, if at all."
    }
}
