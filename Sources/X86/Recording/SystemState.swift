/// All of a processor's state that plain instructions leave alone: what only system instructions, exceptions and
/// interrupts change.
struct SystemState: Equatable {
    var cpl: UInt8
    var segments: InlineArray<6, SegmentRegister>
    var taskRegister: SegmentRegister
    var localTable: SegmentRegister
    var gdtr: TableRegister
    var idtr: TableRegister
    var control: ControlRegisters
    var debugRegisters: InlineArray<8, UInt32>
    var msrs: ModelSpecificRegisters
    var consoleCount: Int
    var instructionCount: UInt64
    var timeStampOffset: UInt64
    var isHalted: Bool
    var isShutDown: Bool
    var events: PendingEvents

    static func == (left: Self, right: Self) -> Bool {
        left.cpl == right.cpl && left.taskRegister == right.taskRegister && left.localTable == right.localTable
            && left.gdtr == right.gdtr && left.idtr == right.idtr && left.control == right.control
            && left.msrs == right.msrs && left.consoleCount == right.consoleCount
            && left.instructionCount == right.instructionCount && left.timeStampOffset == right.timeStampOffset
            && left.isHalted == right.isHalted && left.isShutDown == right.isShutDown && left.events == right.events
            && left.segments.indices.allSatisfy { left.segments[$0] == right.segments[$0] }
            && left.debugRegisters.indices.allSatisfy { left.debugRegisters[$0] == right.debugRegisters[$0] }
    }
}

extension CPU {
    var systemState: SystemState {
        var segments = InlineArray<6, SegmentRegister>(repeating: .null)
        for name in SegmentName.allCases { segments[Int(name.rawValue)] = self.segments[name] }
        return SystemState(
            cpl: cpl, segments: segments, taskRegister: taskRegister, localTable: localTable, gdtr: gdtr, idtr: idtr,
            control: control, debugRegisters: debugRegisters, msrs: msrs, consoleCount: console.bytes.count,
            instructionCount: instructionCount, timeStampOffset: timeStampOffset, isHalted: isHalted,
            isShutDown: isShutDown, events: events)
    }

    /// Everything but the console, which can only be cut back to what it was, and what depends on EFLAGS.
    mutating func restore(_ state: SystemState) {
        cpl = state.cpl
        for name in SegmentName.allCases { segments[name] = state.segments[Int(name.rawValue)] }
        taskRegister = state.taskRegister
        localTable = state.localTable
        gdtr = state.gdtr
        idtr = state.idtr
        control = state.control
        debugRegisters = state.debugRegisters
        msrs = state.msrs
        console.truncate(to: state.consoleCount)
        instructionCount = state.instructionCount
        timeStampOffset = state.timeStampOffset
        isHalted = state.isHalted
        isShutDown = state.isShutDown
        events = state.events
        window.close()
    }
}

extension Operation {
    /// Whether the instruction can change nothing but general registers, status flags and DF, memory and the TLB. What
    /// is not listed counts as a system instruction, which is never wrong.
    var isPlain: Bool {
        switch self {
        case .mov, .movzx8, .movzx16, .movsx8, .movsx16, .cmov, .setcc, .lea, .xchg, .bswap, .xlat, .nop, .prefetch,
            .prefetchHint, .push, .pop,
            .pusha, .popa, .pushf, .enter, .leave, .movFromSegment, .pushSegment, .add, .or, .adc, .sbb, .and, .sub,
            .xor, .cmp, .test, .inc, .dec, .neg, .not, .mul, .imulWide, .imul, .div, .idiv, .signExtendAccumulator,
            .signExtendIntoData, .cmpxchg, .cmpxchg8b, .xadd, .bound, .aaa, .aas, .aam, .aad, .daa, .das, .salc, .rol,
            .ror, .rcl, .rcr, .shl, .shr, .sar, .shld, .shrd, .bt, .bts, .btr, .btc, .bsf, .bsr, .movs, .cmps, .stos,
            .lods, .scas, .jmp, .jcc, .call, .ret, .loop, .loope, .loopne, .jcxz, .cld, .std, .clc, .stc, .cmc,
            .lahf, .sahf, .cpuid:
            true
        default: false
        }
    }
}
