/// The segments of a task that begins: every selector of its TSS is checked in the order of the P6 (SDM vol. 3,
/// table 7-1). The old task is gone by then: a fault belongs to the new one.
extension CPU {
    mutating func loadSegments<T: Tracer>(
        of task: IncomingTask, external: UInt32, _ tracer: inout T
    ) throws(Exception) {
        let table = try localTableOfTask(task.localTable, external, &tracer)
        let code = try visible(task[.cs], &tracer)
        if let code, code.descriptor.isCode { try checkPrivilege(ofCode: code, external) }
        let stack = try checkedStack(task[.ss], ring: task.ring, external, &tracer)
        if let table, !table.isPresent { throw .invalidTask(task.localTable, external, .segmentAbsent) }
        guard let code, code.descriptor.isCode else { throw refusal(of: task[.cs], external) }
        guard code.descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: UInt32(task[.cs] & ~3) | external, .segmentAbsent)
        }
        guard stack.descriptor.dpl == UInt8(task[.ss] & 3) else {
            throw .invalidTask(task[.ss], external, .stackSelector)
        }
        setSegment(.cs, try load(code, &tracer), &tracer)
        setSegment(.ss, try load(stack, &tracer), &tracer)
        for name in [SegmentName.ds, .es, .fs, .gs] where task[name] & ~3 != 0 {
            let segment = try checkedData(task[name], ring: task.ring, external, &tracer)
            setSegment(name, try load(segment, &tracer), &tracer)
        }
    }

    /// LDTR is loaded if it can be, because CS and SS may lie in the table. `nil` for a task without one.
    private mutating func localTableOfTask<T: Tracer>(
        _ selector: UInt16, _ external: UInt32, _ tracer: inout T
    ) throws(Exception) -> Descriptor? {
        guard selector & ~3 != 0 else { return nil }
        guard selector & 4 == 0, hasDescriptor(selector) else {
            throw .invalidTask(selector, external, .selectorOutsideTable)
        }
        let table = try readDescriptor(selector, fault: .invalidTSS, &tracer).descriptor
        guard !table.isCodeOrData, table.type == SystemType.localTable else {
            throw .invalidTask(selector, external, .segmentType)
        }
        if table.isPresent { localTable = SegmentRegister(selector: selector, table) }
        return table
    }

    /// The RPL of CS is the task's ring.
    private func checkPrivilege(ofCode code: CheckedSegment, _ external: UInt32) throws(Exception) {
        let ring = UInt8(code.selector & 3)
        let descriptor = code.descriptor
        guard descriptor.isConforming ? descriptor.dpl <= ring : descriptor.dpl == ring else {
            throw .invalidTask(code.selector, external, .segmentPrivilege)
        }
    }

    private mutating func checkedStack<T: Tracer>(
        _ selector: UInt16, ring: UInt8, _ external: UInt32, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        guard let stack = try visible(selector, &tracer), stack.descriptor.isWritableData else {
            throw refusal(of: selector, external)
        }
        guard stack.descriptor.isPresent else {
            throw Exception(.stackFault, errorCode: UInt32(selector & ~3) | external, .segmentAbsent)
        }
        guard stack.descriptor.dpl == ring else { throw .invalidTask(selector, external, .stackSelector) }
        return stack
    }

    private mutating func checkedData<T: Tracer>(
        _ selector: UInt16, ring: UInt8, _ external: UInt32, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        guard let data = try visible(selector, &tracer), data.descriptor.isReadable else {
            throw refusal(of: selector, external)
        }
        guard data.descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: UInt32(selector & ~3) | external, .segmentAbsent)
        }
        guard data.descriptor.isConforming || data.descriptor.dpl >= max(ring, UInt8(selector & 3)) else {
            throw .invalidTask(selector, external, .segmentPrivilege)
        }
        return data
    }

    /// The descriptor, or `nil` for a selector that is null or lies outside its table.
    private mutating func visible<T: Tracer>(
        _ selector: UInt16, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment? {
        guard hasDescriptor(selector) else { return nil }
        return try readDescriptor(selector, fault: .invalidTSS, &tracer)
    }

    /// Why a selector is not "valid", as the table puts it.
    private func refusal(of selector: UInt16, _ external: UInt32) -> Exception {
        let isNull = selector & ~3 == 0
        let check: Check = hasDescriptor(selector) ? .segmentType : isNull ? .selectorNull : .selectorOutsideTable
        return .invalidTask(selector, external, check)
    }
}

extension Exception {
    fileprivate static func invalidTask(_ selector: UInt16, _ external: UInt32, _ check: Check) -> Exception {
        Exception(.invalidTSS, errorCode: UInt32(selector & ~3) | external, check)
    }
}
