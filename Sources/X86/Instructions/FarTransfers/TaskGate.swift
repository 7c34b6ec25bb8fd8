/// Who may switch to which task: a TSS or a task gate as the target of JMP and CALL, a task gate of the IDT, and the
/// back link for IRET (SDM vol. 2, CALL, INT n and IRET; vol. 3, 7.3).
extension CPU {
    /// JMP or CALL to a TSS: CPL and RPL count against its DPL.
    mutating func switchTask<T: Tracer>(
        to target: CheckedSegment, cause: Effect.TaskSwitchCause, _ tracer: inout T
    ) throws(Exception) {
        let code = UInt32(target.selector & ~3)
        guard target.selector & 4 == 0 else { throw .generalProtection(code, .taskType) }
        guard target.descriptor.dpl >= max(cpl, UInt8(target.selector & 3)) else {
            throw .generalProtection(code, .taskPrivilege)
        }
        try checkAvailable(target, external: 0)
        try switchTask(TaskSwitch(to: target, cause: cause, returnTo: nextEIP, flags: flags & ~Flags.resume), &tracer)
    }

    /// JMP or CALL to a task gate: its DPL counts, the TSS's does not.
    mutating func switchTask<T: Tracer>(
        throughGate gate: CheckedSegment, cause: Effect.TaskSwitchCause, _ tracer: inout T
    ) throws(Exception) {
        tracer.record(.checkTaskGate(selector: gate.selector, dpl: gate.descriptor.dpl, cpl: cpl))
        try checkGateAccess(gate)
        let target = try availableTask(gate.descriptor.gateSelector, external: 0, &tracer)
        try switchTask(TaskSwitch(to: target, cause: cause, returnTo: nextEIP, flags: flags & ~Flags.resume), &tracer)
    }

    /// INT n or an exception whose gate is a task gate. An error code goes onto the new task's stack.
    mutating func enterTask<T: Tracer>(
        _ selector: UInt16, _ request: HandlerRequest, _ tracer: inout T
    ) throws(Exception) {
        let external = request.source.external
        let target = try availableTask(selector, external: external, &tracer)
        let change = TaskSwitch(
            to: target, cause: .interrupt, returnTo: request.returnTo, flags: request.flags, external: external,
            errorCode: request.errorCode)
        try switchTask(change, &tracer)
    }

    /// IRET with NT set: to the task that the back link of the current TSS names, which waits and is busy.
    mutating func returnToTask<T: Tracer>(_ tracer: inout T) throws(Exception) {
        let link = try readTask(UInt16.self, taskRegister.base, &tracer)
        let code = UInt32(link & ~3)
        guard link & 4 == 0 else { throw Exception(.invalidTSS, errorCode: code, .taskType) }
        let target = try readDescriptor(link, fault: .invalidTSS, &tracer)
        guard target.descriptor.isTaskState else { throw Exception(.invalidTSS, errorCode: code, .taskType) }
        guard target.descriptor.isBusy else { throw Exception(.invalidTSS, errorCode: code, .taskNotBusy) }
        guard target.descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
        let saved = flags & ~(Flags.nestedTask | Flags.resume)
        try switchTask(TaskSwitch(to: target, cause: .interruptReturn, returnTo: nextEIP, flags: saved), &tracer)
    }

    /// The TSS that a task gate names.
    private mutating func availableTask<T: Tracer>(
        _ selector: UInt16, external: UInt32, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        let code = UInt32(selector & ~3) | external
        guard selector & 4 == 0 else { throw .generalProtection(code, .taskType) }
        let target = try readDescriptor(selector, fault: .generalProtection, external: external, &tracer)
        guard target.descriptor.isTaskState else { throw .generalProtection(code, .taskType) }
        try checkAvailable(target, external: external)
        return target
    }

    private func checkAvailable(_ target: CheckedSegment, external: UInt32) throws(Exception) {
        let code = UInt32(target.selector & ~3) | external
        guard !target.descriptor.isBusy else { throw .generalProtection(code, .taskBusy) }
        guard target.descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
    }
}
