/// Instructions that are about EFLAGS itself.
extension InstructionEntry {
    static let clearInterrupt = InstructionEntry(
        "CLI", does: "clears IF: maskable interrupts wait",
        [
            "Exceptions, NMI and INT n are not held back; an interrupt that is asked for meanwhile waits until IF is "
                + "set again. NT's IOPL is 0, so in ring 3 it is #GP(0): a user program cannot stop the clock."
        ],
        checks: [.sensitive], flags: FlagEffects(cleared: Flags.interrupt), sources: .intel("CLI"))

    static let setInterrupt = InstructionEntry(
        "STI", does: "sets IF: maskable interrupts are taken, from after the next instruction on",
        [
            "If IF was 0, the next instruction still runs undisturbed. So STI, SYSEXIT and STI, HLT leave no gap in "
                + "which an interrupt could slip. If IF was 1 already, nothing is held back. Exceptions and NMI "
                + "never are."
        ],
        checks: [.sensitive], flags: FlagEffects(set: Flags.interrupt), sources: .intel("STI"))

    static let clearDirection = InstructionEntry(
        "CLD", does: "clears DF: string instructions move up", flags: FlagEffects(cleared: Flags.direction),
        sources: .intel("CLD"))

    static let setDirection = InstructionEntry(
        "STD", does: "sets DF: string instructions move down", flags: FlagEffects(set: Flags.direction),
        sources: .intel("STD"))

    static let clearCarry = InstructionEntry(
        "CLC", does: "clears CF", flags: FlagEffects(cleared: Flags.carry), sources: .intel("CLC"))

    static let setCarry = InstructionEntry(
        "STC", does: "sets CF", flags: FlagEffects(set: Flags.carry), sources: .intel("STC"))

    static let complementCarry = InstructionEntry(
        "CMC", does: "inverts CF", flags: FlagEffects(computed: Flags.carry), sources: .intel("CMC"))

    static let loadFlags = InstructionEntry(
        "LAHF", does: "copies SF, ZF, AF, PF and CF to AH, at their places in EFLAGS", sources: .intel("LAHF"))

    static let storeFlags = InstructionEntry(
        "SAHF", does: "loads SF, ZF, AF, PF and CF from AH",
        flags: FlagEffects(computed: Flags.status & ~Flags.overflow), sources: .intel("SAHF"))

    static let pushFlags = InstructionEntry(
        "PUSHFD", "PUSHF", does: "pushes EFLAGS, with VM and RF as zero",
        ["IF and IOPL can be read in every ring; only changing them is restricted."],
        memory: .push, sources: .intel("PUSHF/PUSHFD"))

    static let popFlags = InstructionEntry(
        "POPFD", "POPF", does: "loads EFLAGS from the stack, as far as the ring may",
        [
            "In ring 3 a change of IOPL is ignored, and one of IF unless CPL is at most IOPL: no fault, the bits keep "
                + "their values. A program that sets TF this way traps after the next instruction, not after POPFD."
        ],
        flags: FlagEffects(
            computed: Flags.status | Flags.trap | Flags.interrupt | Flags.direction | Flags.ioPrivilege
                | Flags.nestedTask | Flags.alignmentCheck | Flags.identification,
            cleared: Flags.resume,
            "IF only if CPL <= IOPL, IOPL in ring 0 only; POPF leaves the upper half of EFLAGS."),
        memory: .pop, sources: .intel("POPF/POPFD"))
}
