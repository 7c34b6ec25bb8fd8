/// A task switch that its instruction or gate allows.
struct TaskSwitch {
    /// The new task's TSS.
    let target: CheckedSegment
    let cause: Effect.TaskSwitchCause
    /// EIP and EFLAGS as they are saved for the old task.
    let returnTo: UInt32
    let flags: UInt32
    /// EXT, bit 0 of error codes.
    let external: UInt32
    /// What goes onto the new task's stack.
    let errorCode: UInt32?

    init(
        to target: CheckedSegment, cause: Effect.TaskSwitchCause, returnTo: UInt32, flags: UInt32,
        external: UInt32 = 0, errorCode: UInt32? = nil
    ) {
        self.target = target
        self.cause = cause
        self.returnTo = returnTo
        self.flags = flags
        self.external = external
        self.errorCode = errorCode
    }
}

/// Task switching, in the steps of SDM vol. 3, 7.3. Until the task register is loaded a fault leaves the old task as
/// it was; from then on it is a fault of the new task, before its first instruction.
extension CPU {
    mutating func switchTask<T: Tracer>(_ change: TaskSwitch, _ tracer: inout T) throws(Exception) {
        let register = SegmentRegister(selector: change.target.selector, change.target.descriptor)
        let old = TaskState(taskRegister)
        let new = TaskState(register)
        try checkLimits(old, new, change)
        try probe(old, new, change, &tracer)
        try refuseVirtual8086(new)
        tracer.record(.switchTask(from: taskRegister.selector, to: register.selector, cause: change.cause))
        if change.cause.endsOldTask { try markIdle(&tracer) }
        try save(change.returnTo, change.flags, in: old, &tracer)
        if change.cause.isNested { try writeLinear(taskRegister.selector, new.base, user: false, &tracer) }
        if change.cause != .interruptReturn { try markBusy(change.target, &tracer) }
        let task = try readTask(new, &tracer)
        taskRegister = register
        taskRegister.attributes |= 2
        load(task, isNested: change.cause.isNested, &tracer)
        try loadSegments(of: task, external: change.external, &tracer)
        try begin(task, change, isWide: new.isWide, &tracer)
    }

    // MARK: Before the old task is left

    private func checkLimits(_ old: TaskState, _ new: TaskState, _ change: TaskSwitch) throws(Exception) {
        let isFit = new.isComplete
        guard !isFit || !old.hasRoomToSave else { return }
        let selector = isFit ? taskRegister.selector : change.target.selector
        throw Exception(.invalidTSS, errorCode: UInt32(selector & ~3) | change.external, .taskStateLimit)
    }

    /// Whatever will be read or written must be there, so that the switch is all or nothing.
    private mutating func probe<T: Tracer>(
        _ old: TaskState, _ new: TaskState, _ change: TaskSwitch, _ tracer: inout T
    ) throws(Exception) {
        let read = Access(isWrite: false, isUser: false, isFetch: false)
        _ = try translate(new.base, read, &tracer)
        _ = try translate(new.last, read, &tracer)
        let size = old.lastSaved &- old.instructionPointer &+ 1
        try probeWrite(old.instructionPointer, size: size, user: false, &tracer)
        if change.cause.isNested { try probeWrite(new.base, size: 2, user: false, &tracer) }
        if change.cause.endsOldTask { try probeWrite(currentTaskAccess, size: 1, user: false, &tracer) }
        if change.cause != .interruptReturn {
            try probeWrite(change.target.address &+ 5, size: 1, user: false, &tracer)
        }
    }

    /// A look ahead, so that a task that cannot run here does not begin.
    private mutating func refuseVirtual8086(_ new: TaskState) throws(Exception) {
        var nobody = NoTracer()
        guard new.isWide, try readTask(UInt32.self, new.flags, &nobody) & Flags.virtual8086 != 0 else { return }
        throw .invalidOpcode(.notImplemented(what: "a task in virtual-8086 mode"))
    }

    // MARK: Busy bits

    /// Linear address of the current TSS's access byte in the GDT.
    private var currentTaskAccess: UInt32 { gdtr.base &+ UInt32(taskRegister.selector & ~7) &+ 5 }

    private mutating func markIdle<T: Tracer>(_ tracer: inout T) throws(Exception) {
        let address = currentTaskAccess
        let access = try readLinear(UInt8.self, address, user: false, purpose: .descriptor, &tracer)
        try writeLinear(access & ~2, address, user: false, &tracer)
    }

    private mutating func markBusy<T: Tracer>(_ target: CheckedSegment, _ tracer: inout T) throws(Exception) {
        let access = UInt8(truncatingIfNeeded: target.descriptor.raw >> 40) | 2
        try writeLinear(access, target.address &+ 5, user: false, &tracer)
    }

    // MARK: In the new task

    /// Everything that needs no check. The segment registers get their selectors, and are unusable so far.
    private mutating func load<T: Tracer>(_ task: IncomingTask, isNested: Bool, _ tracer: inout T) {
        replaceCR0(control.cr0 | ControlRegisters.taskSwitched, &tracer)
        clearLocalBreakpoints()
        if let directory = task.pageDirectory, control.isPagingOn {
            tracer.record(.writeControl(index: 3, old: control.cr3, new: directory))
            control.cr3 = directory
            flushTranslations(&tracer)
        }
        eip = task.eip
        nextEIP = task.eip
        let nested = isNested ? Flags.nestedTask : 0
        setFlags(task.flags & Flags.writable | Flags.reserved | nested, &tracer)
        for number in 0..<8 { general[UInt8(number)] = task.registers[number] }
        for name in SegmentName.allCases { segments[name] = .unusable(selector: task[name]) }
        localTable = .unusable(selector: task.localTable)
        window.close()
        setRing(task.ring, &tracer)
        boundary.formUnion([.enteredHandler, .keepsResume])
    }

    /// The error code of an exception, then EIP, then the T flag: the last that may go wrong.
    private mutating func begin<T: Tracer>(
        _ task: IncomingTask, _ change: TaskSwitch, isWide: Bool, _ tracer: inout T
    ) throws(Exception) {
        if let errorCode = change.errorCode {
            let width: UInt8 = isWide ? 4 : 2
            try checkRoom(for: 1, width, on: currentStack, errorCode: change.external)
            try pushSized(errorCode, width, &tracer)
        }
        guard task.eip <= segments[.cs].limit else { throw .generalProtection(change.external, .codeLimit) }
        if task.hasTrap { raiseTaskTrap() }
    }
}

extension Effect.TaskSwitchCause {
    /// The old task is through, or at least does not wait for the new one.
    fileprivate var endsOldTask: Bool { !isNested }
}
