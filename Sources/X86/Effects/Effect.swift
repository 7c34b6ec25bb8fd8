/// One thing that happened inside an instruction. A list of effects, in order, is what the processor did.
///
/// All addresses are linear unless the case says otherwise; sizes are bytes.
public enum Effect: Hashable, Sendable {
    /// Memory was read: by the instruction itself or on its behalf (a descriptor, the TSS).
    case read(address: UInt32, size: UInt8, value: UInt64, purpose: Purpose)
    /// Memory was written.
    case write(address: UInt32, size: UInt8, old: UInt64, new: UInt64)
    /// A page-directory or page-table entry was read to translate an address. `entry` is physical.
    case pageWalk(entry: UInt32, value: UInt32)
    /// The processor set an accessed or dirty bit. `entry` is physical.
    case pageMark(entry: UInt32, old: UInt32, new: UInt32)
    /// A model-specific register was read, by RDMSR or by a system-call instruction.
    case readMSR(index: UInt32, value: UInt64)
    /// A model-specific register was written.
    case writeMSR(index: UInt32, old: UInt64, new: UInt64)
    /// A segment register was loaded; `fixed` when the hidden part did not come from a descriptor table.
    case loadSegment(SegmentName, selector: UInt16, base: UInt32, limit: UInt32, dpl: UInt8, fixed: Bool)
    /// An IDT gate was examined for a vector; `software` says that an INT instruction asked, so DPL counts.
    case checkGate(vector: UInt8, dpl: UInt8, cpl: UInt8, software: Bool)
    /// A call gate of the GDT or LDT was examined; `selector` names it, and its RPL counts like CPL.
    case checkCallGate(selector: UInt16, dpl: UInt8, cpl: UInt8)
    /// A task gate of the GDT or LDT was examined; one of the IDT is a `checkGate`.
    case checkTaskGate(selector: UInt16, dpl: UInt8, cpl: UInt8)
    /// One task's registers are saved in its TSS and another's loaded. The selectors name the TSSs.
    case switchTask(from: UInt16, to: UInt16, cause: TaskSwitchCause)
    /// ESP was replaced on the way to another ring.
    case switchStack(oldSS: UInt16, oldESP: UInt32, newSS: UInt16, newESP: UInt32)
    /// The current privilege level changed.
    case changeRing(from: UInt8, to: UInt8)
    /// EFLAGS changed in a way that is not the arithmetic of the instruction.
    case changeFlags(old: UInt32, new: UInt32)
    /// A control register was written.
    case writeControl(index: UInt8, old: UInt32, new: UInt32)
    /// A port was read.
    case input(port: UInt16, size: UInt8, value: UInt32)
    /// A port was written.
    case output(port: UInt16, size: UInt8, value: UInt32)
    /// An exception was raised: in place of the instruction's completion, or as a trap behind it.
    case raise(Exception)
    /// An external interrupt was taken before the instruction: vector 2 is NMI, any other came by INTR.
    case interrupt(vector: UInt8)

    /// Why memory was read.
    public enum Purpose: String, Hashable, Sendable {
        case operand
        case interruptGate = "idt"
        case descriptor = "descriptor"
        case taskState = "tss"
    }

    /// What asked for another task; it decides about busy bits, the back link and NT (SDM vol. 3, table 7-2).
    public enum TaskSwitchCause: String, Hashable, Sendable {
        case jump = "jmp"
        case call
        /// INT n, or an exception.
        case interrupt
        /// IRET with NT set.
        case interruptReturn = "iret"

        /// The old task waits for the new one to return.
        public var isNested: Bool { self == .call || self == .interrupt }
    }
}
