/// INT n, IRET, SYSENTER, SYSEXIT, SYSCALL, SYSRET: the doors between the rings.
extension InstructionEntry {
    static let softwareInterrupt = InstructionEntry(
        "INT n",
        does: "calls the handler that the IDT's gate n names, through all checks of a gate",
        [
            "The gate decides where execution goes, the handler's code segment in which ring, and the TSS on which "
                + "stack. From ring 3 to ring 0 SS, ESP, EFLAGS, CS and EIP are saved; without a change of ring only "
                + "EFLAGS, CS and EIP. The saved EIP is that of the next instruction, and no error code is pushed.",
            "A 16-bit gate saves words and has a 16-bit offset. A task gate switches to the task of its TSS: registers "
                + "are saved in the old TSS, the back link names it, and NT is set so that IRETD comes back. The error "
                + "code of an exception goes onto the new task's stack.",
            "Windows 2000 makes its system calls by INT 2Eh. The gate of 2Eh has DPL 3; most others have DPL 0, "
                + "so that INT 0Eh in ring 3 cannot pretend to be a page fault.",
        ],
        checks: interruptChecks, flags: .gate, stepsTitle: "INT n from ring 3 to ring 0 by an interrupt gate",
        steps: interruptSteps, sources: .intel("INT n/INTO/INT 3"), .system("6.12"))

    static let breakpoint = InstructionEntry(
        "INT3", does: "calls the handler of vector 3, #BP; one byte, CCh, so that it fits over any instruction",
        [
            "A debugger writes it over the instruction where it wants to stop. The saved EIP is that of the byte "
                + "behind it."
        ],
        checks: interruptChecks, flags: .gate, sources: .intel("INT n/INTO/INT 3"))

    static let debugInterrupt = InstructionEntry(
        "INT1", does: "calls the handler of vector 1, #DB, as a hardware event does",
        [
            "The gate's DPL does not count, unlike with INT 1, and bit 0 (EXT) is set in the error code of a fault.",
            "DR6 stays as it is: the handler finds none of B0 to B3, BD, BS set for it and can tell INT1 from a "
                + "breakpoint by that. The saved EIP is that of the next instruction. In-circuit emulators used it, "
                + "so it is also called ICEBP.",
        ],
        checks: interruptChecks.filter { $0.check != .gatePrivilege }, flags: .gate,
        sources: .intel("INT n/INTO/INT 3"))

    static let overflowInterrupt = InstructionEntry(
        "INTO", does: "calls the handler of vector 4, #OF, if OF = 1; else does nothing",
        checks: interruptChecks,
        flags: FlagEffects(
            computed: Flags.interrupt | Flags.trap | Flags.nestedTask | Flags.resume,
            "With OF = 0 no flag changes; with OF = 1 they change as INT 4 changes them."),
        sources: .intel("INT n/INTO/INT 3"))

    private static let interruptChecks: [FaultRule] =
        gateChecks + FaultRule.innerStack + frameChecks + FaultRule.taskGateTarget + FaultRule.newTask

    private static let gateChecks: [FaultRule] = [
        .coded(.generalProtection, .gate, .vectorOutsideTable),
        .coded(.generalProtection, .gate, .gateType),
        .coded(.generalProtection, .gate, .gatePrivilege, "the gate's DPL is less than CPL"),
        .coded(.segmentNotPresent, .gate, .gateAbsent),
        .protection(.selectorNull, "the gate's code selector is null"),
        .segment(.selectorOutsideTable, "the gate's code selector lies outside its descriptor table"),
        .segment(.segmentType, "the gate's selector names no code segment"),
        .segment(.segmentPrivilege, "the code segment's DPL is greater than CPL"),
        .coded(.segmentNotPresent, .selector, .segmentAbsent, "the code segment is not present"),
    ]

    private static let frameChecks: [FaultRule] = [
        .coded(.stackFault, .zero, .segmentLimit, "without a change of ring: the stack has no room for the frame"),
        .protection(.codeLimit, "the handler's offset lies outside the code segment's limit"),
    ]

    private static let interruptSteps: [MicroStep] = [
        .read(.interruptGate, "reads gate n, 8 bytes at IDTR.base + 8*n"),
        .inside("checks the gate: its type, its DPL against CPL, its present bit", .gateCheck),
        .read(.descriptor, "reads the descriptor of the gate's code segment: its DPL is the new ring"),
        .read(.taskState, "reads SS0 from the TSS"),
        .read(.taskState, "reads ESP0 from the TSS"),
        .read(.descriptor, "reads the descriptor of SS0"),
        .push("the old SS, on the new stack"), .push("the old ESP"), .push("EFLAGS"), .push("the old CS"),
        .push("EIP of the next instruction"),
        .inside("loads SS:ESP, CS, CPL and EIP", .stackPointer, .stackSegment, .ring, .codeSegment),
        .inside("clears IF, TF, NT, RF and VM", .flags),
    ]

    static let interruptReturn = InstructionEntry(
        "IRETD", "IRET",
        does: "returns from a handler: takes EIP, CS and EFLAGS from the stack, and to an outer ring ESP and SS",
        [
            "The RPL of the CS on the stack decides the ring to return to; it can be the same or an outer one, never "
                + "an inner one. On the way out, ES, DS, FS and GS become null where their segment's DPL is less "
                + "than the new CPL.",
            "In ring 3 it cannot change IOPL, and IF only where CPL is at most IOPL: no fault, the bits are ignored.",
            "With NT = 1 it returns to another task instead, the one that the back link of the current TSS names. The "
                + "stack is not read then; the current task stays where it is, with NT = 0 and no longer busy.",
        ],
        checks: FaultRule.backLink + FaultRule.newTask + [
            .protection(.selectorNull, "the CS on the stack is null"),
            .segment(.selectorOutsideTable, "the CS on the stack lies outside its descriptor table"),
            .segment(.segmentType, "it is no code segment"),
            .segment(.segmentPrivilege, "its RPL is less than CPL, or its DPL does not fit the RPL"),
            .coded(.segmentNotPresent, .selector, .segmentAbsent, "the code segment is not present"),
            .protection(.selectorNull, "to an outer ring: the SS on the stack is null"),
            .segment(.selectorOutsideTable, "to an outer ring: that SS lies outside its descriptor table"),
            .segment(.stackSelector, "to an outer ring: the SS on the stack is no writable data of that ring"),
            .coded(.stackFault, .selector, .segmentAbsent, "to an outer ring: that stack segment is not present"),
            .branchLimit,
        ],
        flags: FlagEffects(
            computed: Flags.status | Flags.trap | Flags.interrupt | Flags.direction | Flags.ioPrivilege
                | Flags.nestedTask | Flags.resume | Flags.alignmentCheck | Flags.identification
                | Flags.virtualInterrupt | Flags.virtualInterruptPending,
            "From the stack; with NT = 1 from the other task's TSS. IF only if CPL <= IOPL; IOPL, VIF and VIP in "
                + "ring 0 only; a 16-bit IRET leaves the upper half."),
        memory: .pop, stepsTitle: "IRETD from ring 0 to ring 3",
        steps: [
            .pop("EIP"), .pop("CS"), .pop("EFLAGS"),
            .read(.descriptor, "reads the descriptor of that CS"),
            .pop("ESP"), .pop("SS"),
            .read(.descriptor, "reads the descriptor of that SS"),
            .inside(
                "loads EFLAGS, SS:ESP, CPL, CS and EIP", .flags, .stackPointer, .stackSegment, .ring, .codeSegment),
            .inside("nulls the data segments that ring 3 may not use", .dataSegments),
        ],
        sources: .intel("IRET/IRETD"))

    static let systemEnter = InstructionEntry(
        "SYSENTER",
        does: "enters ring 0 at the address in MSR 176h, on the stack in MSR 175h",
        [
            "Nothing is saved, neither EIP nor ESP: the caller leaves what is needed in registers, as Windows XP's "
                + "stub does with MOV EDX, ESP. No gate, no descriptor and no TSS is read. CS and SS become flat "
                + "segments whatever the GDT says; the selectors are MSR 174h with RPL 0, and that + 8.",
            "TF stays: single-stepping over SYSENTER stops at the kernel's first instruction. DS, ES, FS and GS keep "
                + "their user-mode values. It is allowed in every ring.",
            "The feature bit SEP of CPUID does not prove it: the Pentium Pro has the bit and lacks the instruction.",
        ],
        checks: [.noSystemEnter],
        flags: FlagEffects(cleared: Flags.interrupt | Flags.virtual8086, "TF is not cleared."),
        stepsTitle: "SYSENTER",
        steps: [
            .inside("reads MSR 174h (CS), 176h (EIP) and 175h (ESP)", .modelSpecific(3)),
            .inside("clears VM and IF", .flags),
            .inside("CS = MSR 174h with RPL 0: base 0, limit 4 GiB, ring 0", .codeSegment),
            .inside("SS = CS + 8: base 0, limit 4 GiB", .stackSegment),
            .inside("CPL = 0, ESP = MSR 175h, EIP = MSR 176h", .ring, .stackPointer),
        ],
        sources: .intel("SYSENTER"))

    static let systemExit = InstructionEntry(
        "SYSEXIT",
        does: "leaves ring 0 for ring 3 at the address in EDX, on the stack in ECX",
        [
            "It is SYSENTER's way back, but no return: it goes wherever the kernel put EDX. CS is MSR 174h + 16 and SS "
                + "that + 8, both with RPL 3, flat whatever the GDT says.",
            "The flags stay, so a kernel that works with IF = 0 executes STI just before: the STI shadow holds "
                + "interrupts back until SYSEXIT is through.",
        ],
        checks: [.noSystemEnter, .ringZero],
        stepsTitle: "SYSEXIT",
        steps: [
            .inside("reads MSR 174h", .modelSpecific(1)),
            .inside("CS = MSR 174h + 16 with RPL 3: base 0, limit 4 GiB, ring 3", .codeSegment),
            .inside("SS = MSR 174h + 24 with RPL 3", .stackSegment),
            .inside("CPL = 3, ESP = ECX, EIP = EDX", .ring, .stackPointer),
        ],
        sources: .intel("SYSEXIT"))

    static let systemCall = InstructionEntry(
        "SYSCALL",
        does: "enters ring 0 at the address in STAR, with the return address in ECX",
        [
            "STAR is MSR C0000081h: bits 31:0 are the kernel's EIP, bits 47:32 its CS; SS is CS + 8. Both become "
                + "flat without a look at the GDT.",
            "ESP is not switched: the kernel's first instructions run on the user's stack, in ring 0. TF stays set "
                + "if it was.",
            "This is the 32-bit form, AMD's. Intel processors know SYSCALL in 64-bit mode only.",
        ],
        checks: [.noSystemCall],
        flags: FlagEffects(cleared: Flags.interrupt | Flags.resume | Flags.virtual8086, "TF is not cleared."),
        stepsTitle: "SYSCALL",
        steps: [
            .inside("reads EFER and STAR", .modelSpecific(2)), .inside("ECX = EIP of the next instruction"),
            .inside("clears VM, IF and RF", .flags),
            .inside("CS = STAR[47:32] with RPL 0: base 0, limit 4 GiB, ring 0", .codeSegment),
            .inside("SS = CS + 8: base 0, limit 4 GiB", .stackSegment),
            .inside("CPL = 0, EIP = STAR[31:0]; ESP stays", .ring),
        ],
        sources: .amd("SYSCALL"), .syscallNote)

    static let systemReturn = InstructionEntry(
        "SYSRET",
        does: "leaves ring 0 for ring 3 at the address in ECX and sets IF",
        [
            "It is SYSCALL's way back. CS is STAR[63:48] with RPL 3 and flat; SS gets the selector CS + 8 and keeps "
                + "its base and limit. ESP is not restored: the kernel loads the user's ESP itself, before."
        ],
        checks: [.noSystemCall, .ringZero],
        flags: FlagEffects(set: Flags.interrupt),
        stepsTitle: "SYSRET",
        steps: [
            .inside("reads EFER and STAR", .modelSpecific(2)), .inside("sets IF", .flags),
            .inside("CS = STAR[63:48] with RPL 3: base 0, limit 4 GiB, ring 3", .codeSegment),
            .inside("SS = STAR[63:48] + 8 with RPL 3, its base and limit unchanged", .stackSegment),
            .inside("CPL = 3, EIP = ECX", .ring),
        ],
        sources: .amd("SYSRET"), .syscallNote)
}

extension FaultRule {
    fileprivate static let noSystemEnter = protection(
        .systemEnterSelectorNull, "bits 15:2 of MSR 174h are zero, or CR0.PE is 0")
    fileprivate static let noSystemCall = undefined(
        .systemCallDisabled, "EFER.SCE (MSR C0000080h, bit 0) is 0")
}
