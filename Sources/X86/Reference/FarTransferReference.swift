/// JMP, CALL and RET with a selector: to other code, through gates, to other tasks.
extension InstructionEntry {
    static let farJump = InstructionEntry(
        "JMP selector:offset", "JMP FAR m",
        does: "loads CS and EIP together; the selector may also name a call gate, a task gate or a TSS",
        [
            "It never changes the ring: the target has the ring of the caller, or is conforming. Through a call gate CS "
                + "and EIP come from the gate, and the offset in the instruction is ignored.",
            "To a TSS or through a task gate it switches tasks: the old task is saved and no longer busy, and NT "
                + "is not set.",
        ],
        checks: FaultRule.farTarget + FaultRule.callGate("the code segment's DPL is not CPL")
            + [.branchLimit] + FaultRule.task + FaultRule.newTask,
        flags: .ofTask, sources: .intel("JMP"), .system("5.8"), .system("7.3"))

    static let farCall = InstructionEntry(
        "CALL selector:offset", "CALL FAR m",
        does: "pushes CS and the address of the next instruction, then loads CS and EIP; the selector may also name a "
            + "call gate, a task gate or a TSS",
        [
            "Without a gate it cannot change the ring: the target has the ring of the caller, or is conforming.",
            "Through a call gate CS and EIP come from the gate. If its code segment belongs to an inner ring, SS:ESP come "
                + "from the TSS and get the old SS and ESP, as many parameters of the old stack as the gate says (0 to "
                + "31), CS and EIP. RETF n comes back.",
            "To a TSS or through a task gate it switches tasks: the old task stays busy, the new one gets a back link to "
                + "it and NT = 1, so that IRETD comes back.",
        ],
        checks: FaultRule.farTarget
            + [.coded(.stackFault, .zero, .segmentLimit, "the stack has no room for CS and EIP")]
            + FaultRule.callGate("the code segment's DPL is greater than CPL") + FaultRule.innerStack + [.branchLimit]
            + FaultRule.task + FaultRule.newTask,
        flags: .ofTask, memory: .push, stepsTitle: "CALL through a call gate with one parameter, from ring 3 to ring 0",
        steps: [
            .read(.descriptor, "reads the descriptor that the selector names: a call gate"),
            .inside("checks the gate: its DPL against CPL and RPL, its present bit", .gateCheck),
            .read(.descriptor, "reads the descriptor of the gate's code segment: its DPL is the new ring"),
            .read(.taskState, "reads SS0 from the TSS"),
            .read(.taskState, "reads ESP0 from the TSS"),
            .read(.descriptor, "reads the descriptor of SS0"),
            .push("the old SS, on the new stack"), .push("the old ESP"), .pop("the parameter from the old stack"),
            .push("the parameter"), .push("the old CS"),
            .push("EIP of the next instruction"),
            .inside("loads SS:ESP, CPL, CS and EIP; the flags stay", .stackPointer, .stackSegment, .ring, .codeSegment),
        ],
        sources: .intel("CALL"), .system("5.8"), .system("7.3"))

    static let farReturn = InstructionEntry(
        "RETF", "RETF n", does: "pops EIP and CS, and to an outer ring ESP and SS as well",
        [
            "Like IRETD without the flags: it can go to the same or an outer ring, never to an inner one. The operand "
                + "drops parameters, on the way to an outer ring from both stacks."
        ],
        checks: [
            .protection(.selectorNull, "the CS on the stack is null"), .segment(.selectorOutsideTable),
            .segment(.segmentType, "it is no code segment"),
            .segment(.segmentPrivilege, "its RPL is less than CPL, or its DPL does not fit the RPL"),
            .coded(.segmentNotPresent, .selector, .segmentAbsent),
            .protection(.selectorNull, "to an outer ring: the SS on the stack is null"),
            .segment(.selectorOutsideTable, "to an outer ring: that SS lies outside its descriptor table"),
            .segment(.stackSelector, "to an outer ring: the SS on the stack is no writable data of that ring"),
            .coded(.stackFault, .selector, .segmentAbsent, "to an outer ring: that stack segment is not present"),
            .branchLimit,
        ],
        memory: .pop, sources: .intel("RET"))
}

extension FlagEffects {
    fileprivate static let ofTask = FlagEffects("A task switch loads all flags from the new TSS.")
}

/// What several transfers check alike, in the order of the checks.
extension FaultRule {
    fileprivate static let farTarget: [FaultRule] = [
        .protection(.selectorNull), .segment(.selectorOutsideTable),
        .segment(.segmentType, "the selector names no code segment, call gate, task gate or TSS"),
        .segment(.segmentPrivilege, "the code segment's DPL is not CPL, or the RPL is greater than CPL"),
        .coded(.segmentNotPresent, .selector, .segmentAbsent),
    ]

    fileprivate static func callGate(_ privilege: String) -> [FaultRule] {
        [
            .segment(.gatePrivilege), .segment(.gateRequestedPrivilege),
            .coded(.segmentNotPresent, .selector, .gateAbsent),
            .protection(.selectorNull, "through a call gate: its code selector is null"),
            .segment(.selectorOutsideTable, "through a call gate: its code selector lies outside its table"),
            .segment(.segmentType, "through a call gate: its selector names no code segment"),
            .segment(.segmentPrivilege, "through a call gate: \(privilege)"),
            .coded(
                .segmentNotPresent, .selector, .segmentAbsent, "through a call gate: the code segment is not present"),
        ]
    }

    /// The stack of an inner ring.
    static let innerStack: [FaultRule] = [
        .coded(.invalidTSS, .selector, .taskStateLimit, "the TSS is too short for the new stack"),
        .coded(.invalidTSS, .zero, .selectorNull, "the new SS in the TSS is null"),
        .coded(.invalidTSS, .selector, .selectorOutsideTable, "the new SS lies outside its descriptor table"),
        .coded(.invalidTSS, .selector, .stackSelector, "the new SS is no writable data of the new ring"),
        .coded(.stackFault, .selector, .segmentAbsent, "the new stack segment is not present"),
        .coded(.stackFault, .selector, .segmentLimit, "the new stack has no room for the frame"),
    ]

    /// A TSS as the target of JMP and CALL, and what they and INT n ask of the TSS behind a task gate.
    fileprivate static let task: [FaultRule] =
        [.segment(.taskPrivilege, "without a gate: \(Check.taskPrivilege.explanation)")] + taskGateTarget

    /// The TSS that a task gate names.
    static let taskGateTarget: [FaultRule] = [
        .segment(.taskType, "to a task: \(Check.taskType.explanation)"),
        .segment(.taskBusy), .coded(.segmentNotPresent, .selector, .segmentAbsent, "the TSS is not present"),
    ]

    /// IRET with NT set.
    static let backLink: [FaultRule] = [
        .coded(.invalidTSS, .selector, .taskType, "with NT = 1: the back link names no TSS in the GDT"),
        .coded(.invalidTSS, .zero, .selectorNull, "with NT = 1: the back link is null"),
        .coded(.invalidTSS, .selector, .selectorOutsideTable, "with NT = 1: the back link lies outside the GDT"),
        .coded(.invalidTSS, .selector, .taskNotBusy, "with NT = 1: that TSS is not busy"),
        .coded(.segmentNotPresent, .selector, .segmentAbsent, "with NT = 1: that TSS is not present"),
    ]

    /// A task switch: the limits of both TSSs, then, in the new task, its selectors.
    static let newTask: [FaultRule] = [
        .coded(.invalidTSS, .selector, .taskStateLimit, "to a task: a TSS is too short"),
        .coded(.invalidTSS, .selector, .selectorOutsideTable, "in the new task: a selector lies outside its table"),
        .coded(.invalidTSS, .zero, .selectorNull, "in the new task: SS or CS is null"),
        .coded(.invalidTSS, .selector, .segmentType, "in the new task: a selector names the wrong kind of segment"),
        .coded(.invalidTSS, .selector, .segmentPrivilege, "in the new task: a segment's DPL does not fit the ring"),
        .coded(.stackFault, .selector, .segmentAbsent, "in the new task: the stack segment is not present"),
        .coded(.invalidTSS, .selector, .stackSelector, "in the new task: SS is not of the ring of CS"),
        .coded(.invalidTSS, .selector, .segmentAbsent, "in the new task: its LDT is not present"),
        .coded(.segmentNotPresent, .selector, .segmentAbsent, "in the new task: a code or data segment is not present"),
        .protection(.codeLimit, "in the new task: EIP lies outside the code segment's limit"),
        .plain(.debug, .taskTrap, "the new TSS's T flag is 1"),
    ]
}
