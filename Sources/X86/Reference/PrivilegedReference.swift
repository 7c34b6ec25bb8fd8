/// What an operating system sets a processor up with: control registers, descriptor tables, MSRs.
extension InstructionEntry {
    static let moveControl = InstructionEntry(
        "MOV CRn, r32", "MOV r32, CRn",
        does: "copies between a general register and CR0, CR2, CR3 or CR4",
        [
            "CR0 turns paging (PG) and write protection in ring 0 (WP) on, CR2 holds the address of the last page "
                + "fault, CR3 the physical address of the page directory, CR4 turns extensions on.",
            "Loading CR3 switches the address space and flushes the TLB; loading CR0 or CR4 flushes it as well.",
        ],
        checks: [
            .undefined(.noSuchRegister, "the register is CR1 or above CR4"), .ringZero,
            .protection(
                .reservedBits, "CR0 would have PG without PE or NW without CD, or CR4 a bit that the model lacks"),
        ],
        flags: .allStatusUndefined, sources: .intel("MOV - Move to/from Control Registers"), .system("2.5"))

    static let moveDebug = InstructionEntry(
        "MOV DRn, r32", "MOV r32, DRn",
        does: "copies between a general register and a debug register",
        [
            "DR0 to DR3 hold linear addresses, or with CR4.DE = 1 ports. DR7 says what is watched there: execution, "
                + "writes, reads and writes, or port I/O; and how many bytes. DR6 tells the handler of #DB which of "
                + "them was met (B0 to B3), or that it was a single step (BS). DR4 and DR5 are DR6 and DR7.",
            "A breakpoint on an instruction is a fault before it; EFLAGS.RF in the image that IRET loads lets the "
                + "instruction pass once. A breakpoint on data or a port is a trap behind the instruction.",
            "With DR7.GD = 1 these instructions raise #DB themselves, with DR6.BD set, and GD is cleared for the "
                + "handler: so one debugger guards its registers against another.",
        ],
        checks: [
            .undefined(.noSuchRegister, "DR4 or DR5 while CR4.DE is 1"), .ringZero,
            .coded(.debug, .none, .debugRegisterGuarded, "DR7.GD is 1"),
        ],
        flags: .allStatusUndefined, sources: .intel("MOV - Move to/from Debug Registers"), .system("17.2"))

    static let readModelSpecific = InstructionEntry(
        "RDMSR",
        does: "reads the model-specific register whose number is in ECX into EDX:EAX",
        [
            "System calls live in 174h, 175h, 176h (CS, ESP and EIP of SYSENTER) and in C0000080h and C0000081h (EFER "
                + "and STAR of SYSCALL); 10h is the time-stamp counter. A model has those that its instructions need."
        ],
        checks: [.ringZero, .protection(.noSuchRegisterNumber, "the model has no register of that number")],
        sources: .intel("RDMSR"))

    static let writeModelSpecific = InstructionEntry(
        "WRMSR",
        does: "writes EDX:EAX to the model-specific register whose number is in ECX",
        [
            "The kernel does this once at boot to say where SYSENTER or SYSCALL leads. Whoever can write MSR 176h "
                + "owns every system call; that is why ring 3 cannot."
        ],
        checks: [
            .ringZero, .protection(.noSuchRegisterNumber, "the model has no register of that number"),
            .protection(.reservedBits, "EFER would get a bit other than SCE"),
        ],
        sources: .intel("WRMSR"))

    static let identify = InstructionEntry(
        "CPUID",
        does: "tells in EAX, EBX, ECX and EDX what the processor is; EAX says which answer is wanted",
        [
            "EAX = 0: the highest leaf in EAX, twelve characters of the maker's name in EBX, EDX, ECX. EAX = 1: "
                + "family, model and stepping in EAX, feature bits in EDX (bit 11, SEP, stands for SYSENTER). "
                + "EAX = 80000001h: AMD's feature bits in EDX (bit 11 stands for SYSCALL).",
            "Every ring may execute it. SEP alone does not prove SYSENTER: a Pentium Pro sets it too, so Windows "
                + "also asks for GenuineIntel with signature 633h or above.",
        ],
        sources: .intel("CPUID"))

    static let readTimeStamp = InstructionEntry(
        "RDTSC", does: "reads the time-stamp counter into EDX:EAX",
        ["Here the counter ticks once an instruction, so that every run counts the same."],
        checks: [.protection(.ringZeroOnly, "CR4.TSD is 1 and CPL is not 0")], sources: .intel("RDTSC"))

    static let readPerformanceCounter = InstructionEntry(
        "RDPMC", does: "reads the performance counter whose number is in ECX into EDX:EAX",
        ["No counter is ever started here, so that it reads zero. The Intel models have two, the Athlon has four."],
        checks: [
            .protection(.ringZeroOnly, "CR4.PCE is 0 and CPL is not 0"),
            .protection(.noSuchCounter, "the model has no counter of that number"),
        ],
        sources: .intel("RDPMC"))

    static let halt = InstructionEntry(
        "HLT", does: "stops executing until an interrupt arrives",
        [
            "The saved EIP of that interrupt is the next instruction's, so that after IRET the program goes on behind "
                + "HLT. An idle loop is STI, HLT, JMP: STI holds interrupts back until HLT has begun to wait, so that "
                + "none slips in between.",
            "With IF = 0 nothing but a reset or an NMI wakes the processor: the machine has ended.",
        ],
        checks: [.ringZero], sources: .intel("HLT"))

    static let loadGlobalTable = InstructionEntry(
        "LGDT m16&32", does: "loads GDTR: a 16-bit limit, then a 32-bit base, from memory",
        [
            "From now on selectors index that table. Segment registers keep their hidden parts until they are "
                + "loaded again."
        ],
        checks: [.memoryOnly, .ringZero], memory: .read, sources: .intel("LGDT/LIDT"))

    static let loadInterruptTable = InstructionEntry(
        "LIDT m16&32", does: "loads IDTR: a 16-bit limit, then a 32-bit base, from memory",
        ["Vector n is the 8-byte gate at base + 8*n; a vector whose gate lies beyond the limit is #GP(n*8+2)."],
        checks: [.memoryOnly, .ringZero], memory: .read, sources: .intel("LGDT/LIDT"))

    static let loadTask = InstructionEntry(
        "LTR r/m16", does: "loads the task register with a TSS of the GDT and marks that TSS busy",
        [
            "It does not switch tasks. The TSS is where a gate to ring 0 finds the new stack, SS0:ESP0, and where "
                + "IN and OUT find the bitmap of ports."
        ],
        checks: [
            .ringZero,
            .protection(.selectorNull),
            .segment(.selectorOutsideTable, "the selector names the LDT or lies outside the GDT"),
            .segment(.segmentType, "it is no available TSS: busy, or something else"),
            .coded(.segmentNotPresent, .selector, .segmentAbsent, "the TSS is not present"),
        ],
        memory: .read, sources: .intel("LTR"))

    static let loadLocalTable = InstructionEntry(
        "LLDT r/m16", does: "loads the register of the local descriptor table; a null selector means there is none",
        checks: [
            .ringZero, .segment(.selectorOutsideTable, "the selector names the LDT or lies outside the GDT"),
            .segment(.segmentType, "it is no LDT"),
            .coded(.segmentNotPresent, .selector, .segmentAbsent, "the LDT is not present"),
        ],
        memory: .read, sources: .intel("LLDT"))

    static let storeGlobalTable = InstructionEntry(
        "SGDT m", does: "writes GDTR's limit and base to memory", ["Every ring may read it."],
        checks: [.memoryOnly], memory: .write, sources: .intel("SGDT"))

    static let storeInterruptTable = InstructionEntry(
        "SIDT m", does: "writes IDTR's limit and base to memory", ["Every ring may read it."],
        checks: [.memoryOnly], memory: .write, sources: .intel("SIDT"))

    static let storeLocalTable = InstructionEntry(
        "SLDT r/m16", does: "copies the selector of the local descriptor table", memory: .write,
        sources: .intel("SLDT"))

    static let storeTask = InstructionEntry(
        "STR r/m16", does: "copies the selector in the task register", memory: .write, sources: .intel("STR"))

    static let loadMachineStatus = InstructionEntry(
        "LMSW r/m16", does: "loads PE, MP, EM and TS of CR0; it can set PE, not clear it",
        checks: [.ringZero], memory: .read, sources: .intel("LMSW"))

    static let storeMachineStatus = InstructionEntry(
        "SMSW r/m16", does: "copies the low half of CR0; in a 32-bit register, all of it", memory: .write,
        sources: .intel("SMSW"))

    static let clearTaskSwitched = InstructionEntry(
        "CLTS", does: "clears CR0.TS, so that floating-point instructions no longer raise #NM",
        checks: [.ringZero], sources: .intel("CLTS"))

    static let invalidatePage = InstructionEntry(
        "INVLPG m", does: "drops the translation of the page at that address from the TLB",
        [
            "Changing a page-table entry does not change what the TLB remembers. After the change, INVLPG for the one "
                + "page or a load of CR3 for all of them makes the processor read the tables again. The memory "
                + "itself is not touched, so no page fault is possible."
        ],
        checks: [.memoryOnly, .ringZero], sources: .intel("INVLPG"), .system("4.10.4"))

    static let invalidateCache = InstructionEntry(
        "INVD", does: "drops the caches without writing them back; there are none here to lose", checks: [.ringZero],
        sources: .intel("INVD"))

    static let writeBackCache = InstructionEntry(
        "WBINVD", does: "writes the caches back and drops them; there are none here", checks: [.ringZero],
        sources: .intel("WBINVD"))

    static let loadAccessRights = InstructionEntry(
        "LAR r, r/m16", does: "loads the access rights of a selector's descriptor, and sets ZF if it may be seen",
        ["A selector that may not be used gives ZF = 0 instead of a fault."],
        flags: .zeroOnly, memory: .read, sources: .intel("LAR"))

    static let loadSegmentLimit = InstructionEntry(
        "LSL r, r/m16", does: "loads the limit of a selector's segment in bytes, and sets ZF if it may be seen",
        flags: .zeroOnly, memory: .read, sources: .intel("LSL"))

    static let verifyRead = InstructionEntry(
        "VERR r/m16", does: "sets ZF if the selector's segment could be read from here", flags: .zeroOnly,
        memory: .read, sources: .intel("VERR/VERW"))

    static let verifyWrite = InstructionEntry(
        "VERW r/m16", does: "sets ZF if the selector's segment could be written from here", flags: .zeroOnly,
        memory: .read, sources: .intel("VERR/VERW"))

    static let adjustPrivilege = InstructionEntry(
        "ARPL r/m16, r16", does: "raises the selector's RPL to that of the other, and sets ZF if it had to",
        ["A service uses it so that a caller's selector is not used with the service's own privilege."],
        flags: .zeroOnly, memory: .update, sources: .intel("ARPL"))

    static let input = InstructionEntry(
        "IN AL/AX/EAX, imm8", "IN AL/AX/EAX, DX", does: "reads a port into the accumulator", checks: [.port],
        sources: .intel("IN"))

    static let output = InstructionEntry(
        "OUT imm8, AL/AX/EAX", "OUT DX, AL/AX/EAX", does: "writes the accumulator to a port", checks: [.port],
        sources: .intel("OUT"))
}
