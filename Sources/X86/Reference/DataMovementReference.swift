/// MOV and its relatives, and the stack.
extension InstructionEntry {
    static let move = InstructionEntry(
        "MOV destination, source", does: "copies the source to the destination", memory: .write, sources: .intel("MOV"))

    static let moveSegment = InstructionEntry(
        "MOV Sreg, r/m16", "MOV r/m16, Sreg",
        does: "loads a segment register through its descriptor, or copies its selector",
        [
            "A null selector is allowed in DS, ES, FS and GS and faults on use. After a load of SS, interrupts, NMI "
                + "and debug exceptions wait for one instruction, so that MOV SS and MOV ESP stay together; of several "
                + "loads in a row only the first has that effect. LSS loads both at once and needs none of it."
        ],
        checks: [.undefined(.noSuchRegister, "the destination is CS")] + segmentLoadChecks, memory: .write,
        sources: .intel("MOV"))

    private static let segmentLoadChecks: [FaultRule] = [
        .protection(.selectorNull, "SS is loaded with a null selector"), .segment(.selectorOutsideTable),
        .segment(.segmentType, "the segment is not readable, or for SS not writable data"),
        .segment(.segmentPrivilege, "DPL is less than CPL or RPL; for SS, DPL or RPL is not CPL"),
        .coded(.segmentNotPresent, .selector, .segmentAbsent),
        .coded(.stackFault, .selector, .segmentAbsent, "for SS: the segment is not present"),
    ]

    static let moveZeroExtended = InstructionEntry(
        "MOVZX r, r/m8", "MOVZX r, r/m16", does: "copies a smaller source and fills the rest with zeros",
        memory: .read, sources: .intel("MOVZX"))

    static let moveSignExtended = InstructionEntry(
        "MOVSX r, r/m8", "MOVSX r, r/m16", does: "copies a smaller source and fills the rest with its sign",
        memory: .read, sources: .intel("MOVSX"))

    static let moveConditional = InstructionEntry(
        "CMOVcc r, r/m", does: "copies the source if the condition holds",
        ["The source is read either way, so it can fault either way."], memory: .read, sources: .intel("CMOVcc"))

    static let setConditional = InstructionEntry(
        "SETcc r/m8", does: "stores 1 if the condition holds, else 0", memory: .write, sources: .intel("SETcc"))

    static let loadAddress = InstructionEntry(
        "LEA r, [base + index*scale + displacement]", does: "computes an address and does not touch memory",
        [
            "It is arithmetic: no segment, no page and no flag is involved. NT's stubs point EDX at the arguments with "
                + "LEA EDX, [ESP+4] (a stub that executes INT 2Eh itself) or LEA EDX, [ESP+8] (one that is called)."
        ],
        checks: [.undefined(.undefinedOpcode, "the source is a register")], sources: .intel("LEA"))

    static let exchange = InstructionEntry(
        "XCHG a, b", does: "swaps two operands", ["With memory it locks the bus, LOCK prefix or not."],
        memory: .update, lock: true, sources: .intel("XCHG"))

    static let byteSwap = InstructionEntry(
        "BSWAP r32", does: "reverses the four bytes of a register", sources: .intel("BSWAP"))

    static let translate = InstructionEntry(
        "XLATB", does: "loads AL with the byte at [EBX + AL]", memory: .read, sources: .intel("XLAT/XLATB"))

    static let noOperation = InstructionEntry(
        "NOP", "PAUSE", does: "does nothing but move EIP on",
        ["90h is really XCHG EAX, EAX; F3 90h is PAUSE, a hint to later processors."], sources: .intel("NOP"))

    static let prefetch = InstructionEntry(
        "PREFETCH m", "PREFETCHW m", does: "asks for a line of memory in the cache; there is none here to fill",
        ["A hint of 3DNow!. It changes nothing, and no address makes it fault."],
        sources: .amd("PREFETCHlevel, PREFETCH and PREFETCHW"))

    static let prefetchHint = InstructionEntry(
        "PREFETCHNTA m", "PREFETCHT0 m", "PREFETCHT1 m", "PREFETCHT2 m",
        does: "asks for a line of memory in the cache; there is none here to fill",
        [
            "A hint that came with SSE, and with AMD's extensions to MMX. It changes nothing, and no address makes it "
                + "fault."
        ],
        sources: .intel("PREFETCHh"))

    static let push = InstructionEntry(
        "PUSH r/m", "PUSH imm", does: "subtracts 4 from ESP and stores the operand there",
        ["PUSH ESP pushes the value before the subtraction. With a 16-bit operand it is 2 bytes."], memory: .push,
        sources: .intel("PUSH"))

    static let pop = InstructionEntry(
        "POP r/m", does: "loads the operand from [ESP] and adds 4 to ESP",
        ["An address with ESP in it uses the value after the addition."], memory: .pop, sources: .intel("POP"))

    static let pushSegment = InstructionEntry(
        "PUSH Sreg", does: "pushes the selector of a segment register", memory: .push, sources: .intel("PUSH"))

    static let popSegment = InstructionEntry(
        "POP Sreg", does: "loads a segment register from the stack, through its descriptor",
        checks: segmentLoadChecks, memory: .pop,
        sources: .intel("POP"))

    static let pushAll = InstructionEntry(
        "PUSHAD", "PUSHA", does: "pushes EAX, ECX, EDX, EBX, the ESP from before, EBP, ESI and EDI", memory: .push,
        sources: .intel("PUSHA/PUSHAD"))

    static let popAll = InstructionEntry(
        "POPAD", "POPA", does: "pops what PUSHAD pushed; the value for ESP is thrown away", memory: .pop,
        sources: .intel("POPA/POPAD"))

    static let enter = InstructionEntry(
        "ENTER size, level", does: "pushes EBP, points EBP at it, and makes room for size bytes of locals",
        ["With a level above 0 it also copies that many frame pointers of outer procedures."], memory: .push,
        sources: .intel("ENTER"))

    static let leave = InstructionEntry(
        "LEAVE", does: "undoes ENTER: ESP becomes EBP, and EBP is popped", memory: .pop, sources: .intel("LEAVE"))

    static let loadDS = farPointer("LDS", "DS")
    static let loadES = farPointer("LES", "ES")
    static let loadFS = farPointer("LFS", "FS")
    static let loadGS = farPointer("LGS", "GS")
    static let loadSS = farPointer("LSS", "SS")

    private static func farPointer(_ name: String, _ segment: String) -> InstructionEntry {
        InstructionEntry(
            "\(name) r, m",
            does: "loads \(segment) and a register from a far pointer: first the offset, then the selector",
            checks: [.memoryOnly] + segmentLoadChecks, memory: .read, sources: .intel("LDS/LES/LFS/LGS/LSS"))
    }
}
