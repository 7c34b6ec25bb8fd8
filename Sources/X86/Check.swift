/// The rule that an exception reports as broken, so that a learner is told *why*, not only which vector.
public enum Check: Hashable, Sendable {
    case undefinedOpcode
    /// The opcode exists, but not on this processor model.
    case notOnThisModel(mnemonic: String)
    /// The instruction is real and this emulator does not execute it yet. It never does something else instead.
    case notImplemented(what: String)
    case instructionTooLong
    case registerOperandOnly, memoryOperandOnly, noSuchRegister
    case lockNotAllowed
    case ringZeroOnly
    case inputOutputPrivilege
    case segmentLimit, segmentNotWritable, segmentNotReadable, segmentNull
    case selectorOutsideTable, selectorNull
    case segmentType, segmentPrivilege, segmentAbsent
    case codeLimit
    case vectorOutsideTable, gateType, gatePrivilege, gateRequestedPrivilege, gateAbsent
    case taskStateLimit, taskType, taskPrivilege, taskBusy, taskNotBusy, taskTrap
    case stackSelector
    case pageAbsent, pageIsSupervisor, pageIsReadOnly, pageReservedBit
    case noSuchRegisterNumber, noSuchCounter
    case systemCallDisabled, systemEnterSelectorNull
    case reservedBits
    case divideByZero, divideOverflow
    case boundExceeded
    case mathDisabled
    case misaligned
    case singleStep, instructionBreakpoint, dataBreakpoint, debugRegisterGuarded
    case nestedFault

    /// One sentence, without a full stop, that says what the processor found.
    public var explanation: String {
        switch self {
        case .undefinedOpcode: "these bytes are no instruction"
        case .notOnThisModel(let mnemonic): "this processor model has no \(mnemonic)"
        case .notImplemented(let what): "\(what) is not implemented in this emulator yet"
        case .instructionTooLong: "an instruction has at most 15 bytes"
        case .registerOperandOnly: "the operand must be a register"
        case .memoryOperandOnly: "the operand must be in memory"
        case .noSuchRegister: "there is no such register"
        case .lockNotAllowed: "LOCK is not allowed here"
        case .ringZeroOnly: "only ring 0 may execute this instruction"
        case .inputOutputPrivilege: "CPL is greater than IOPL and the TSS does not permit the port"
        case .segmentLimit: "the offset lies outside the segment's limit"
        case .segmentNotWritable: "the segment is not writable"
        case .segmentNotReadable: "the segment is not readable"
        case .segmentNull: "the segment register holds a null selector"
        case .selectorOutsideTable: "the selector lies outside its descriptor table"
        case .selectorNull: "the selector is null"
        case .segmentType: "the descriptor has the wrong type"
        case .segmentPrivilege: "the descriptor's privilege does not allow it"
        case .segmentAbsent: "the segment is not present"
        case .codeLimit: "EIP lies outside the code segment's limit"
        case .vectorOutsideTable: "the vector lies outside the IDT's limit"
        case .gateType: "the IDT entry is not a gate"
        case .gatePrivilege: "the gate's DPL is less than CPL"
        case .gateRequestedPrivilege: "the gate's DPL is less than the selector's RPL"
        case .gateAbsent: "the gate is not present"
        case .taskStateLimit: "the task-state segment is too short"
        case .taskType: "the selector names no task-state segment in the GDT"
        case .taskPrivilege: "the TSS's DPL is less than CPL or the selector's RPL"
        case .taskBusy: "the task is busy: it runs, or waits for a nested task to return"
        case .taskNotBusy: "the task to return to is not waiting: its TSS is not marked busy"
        case .taskTrap: "the T flag in the new task's TSS asks for a trap"
        case .stackSelector: "the new stack segment does not fit the new privilege level"
        case .pageAbsent: "the page is not present"
        case .pageIsSupervisor: "ring 3 touched a supervisor page"
        case .pageIsReadOnly: "the page is read-only"
        case .pageReservedBit: "a reserved bit is set in the page tables"
        case .noSuchRegisterNumber: "there is no such model-specific register"
        case .noSuchCounter: "there is no such performance counter"
        case .systemCallDisabled: "EFER.SCE is clear"
        case .systemEnterSelectorNull: "MSR 174h holds a null selector"
        case .reservedBits: "reserved bits would be set"
        case .divideByZero: "division by zero"
        case .divideOverflow: "the quotient does not fit"
        case .boundExceeded: "the index lies outside the bounds"
        case .mathDisabled: "CR0.EM or CR0.TS is set"
        case .misaligned: "the address is no multiple of the operand's size, and CR0.AM and EFLAGS.AC are set"
        case .singleStep: "TF was set when the instruction began"
        case .instructionBreakpoint: "a breakpoint in DR0 to DR3 is set on the instruction"
        case .dataBreakpoint: "the instruction accessed what a breakpoint in DR0 to DR3 watches"
        case .debugRegisterGuarded: "DR7.GD guards the debug registers"
        case .nestedFault: "an exception struck while another was being delivered"
        }
    }
}
