/// Through an IDT gate (SDM vol. 2, INT n; vol. 3, 6.12): checks in the manual's order, then the stack, then
/// the jump. Nothing changes until every check has passed.
extension CPU {
    mutating func enterHandler<T: Tracer>(_ request: HandlerRequest, _ tracer: inout T) throws(Exception) {
        let external = request.source.external
        let gate = try readGate(request, &tracer)
        guard gate.type != SystemType.taskGate else { return try enterTask(gate.gateSelector, request, &tracer) }
        let target = try handlerSegment(gate.gateSelector, external, &tracer)
        let ring = target.descriptor.isConforming ? cpl : target.descriptor.dpl
        let isInner = ring < cpl
        let stack = isInner ? try innerStack(ring, external, &tracer) : currentStack
        let frame = interruptFrame(request, width: gate.isWideSystem ? 4 : 2, includesStack: isInner)
        let code = external | (isInner ? UInt32(stack.segment.selector & ~3) : 0)
        try checkRoom(for: frame.count, frame.width, on: stack, errorCode: code)
        guard gate.gateOffset <= target.descriptor.limit else { throw .generalProtection(external, .codeLimit) }
        try enter(target, ring: ring, frame, on: stack, &tracer)
        clearFlags(interrupts: gate.type & 1 == 0, &tracer)
        eip = gate.gateOffset
        boundary.insert(.enteredHandler)
    }

    /// TF, NT, RF and VM are cleared by every gate; IF only by an interrupt gate.
    private mutating func clearFlags<T: Tracer>(interrupts: Bool, _ tracer: inout T) {
        let always = Flags.trap | Flags.nestedTask | Flags.resume | Flags.virtual8086
        setFlags(flags & ~(interrupts ? always | Flags.interrupt : always), &tracer)
    }

    private static let gateTypes = [
        SystemType.taskGate, SystemType.interruptGate16, SystemType.trapGate16, SystemType.interruptGate32,
        SystemType.trapGate32,
    ]

    private mutating func readGate<T: Tracer>(
        _ request: HandlerRequest, _ tracer: inout T
    ) throws(Exception) -> Descriptor {
        let offset = UInt32(request.vector) * 8
        let code = offset + 2 | request.source.external
        guard offset + 7 <= UInt32(idtr.limit) else { throw .generalProtection(code, .vectorOutsideTable) }
        let raw = try readLinear(UInt64.self, idtr.base &+ offset, user: false, purpose: .interruptGate, &tracer)
        let gate = Descriptor(raw: raw)
        guard !gate.isCodeOrData, Self.gateTypes.contains(gate.type) else { throw .generalProtection(code, .gateType) }
        let isSoftware = request.source == .instruction
        tracer.record(.checkGate(vector: request.vector, dpl: gate.dpl, cpl: cpl, software: isSoftware))
        if isSoftware, gate.dpl < cpl { throw .generalProtection(code, .gatePrivilege) }
        guard gate.isPresent else { throw Exception(.segmentNotPresent, errorCode: code, .gateAbsent) }
        return gate
    }

    private mutating func handlerSegment<T: Tracer>(
        _ selector: UInt16, _ external: UInt32, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        let target = try readDescriptor(selector, fault: .generalProtection, external: external, &tracer)
        try checkGateTarget(target, mayEnterInnerRing: true, external: external)
        return target
    }

    /// SS and ESP are saved only if the stack changes.
    private func interruptFrame(_ request: HandlerRequest, width: UInt8, includesStack: Bool) -> StackFrame {
        var frame = StackFrame(width: width)
        if includesStack {
            frame.append(UInt32(segments[.ss].selector))
            frame.append(general[.esp])
        }
        frame.append(request.flags)
        frame.append(UInt32(segments[.cs].selector))
        frame.append(request.returnTo)
        if let errorCode = request.errorCode { frame.append(errorCode) }
        return frame
    }
}
