/// CALL and JMP through a call gate (SDM vol. 3, 5.8.3–5.8.5): the gate says where, the code segment's DPL in which
/// ring. Nothing changes until every check has passed.
extension CPU {
    mutating func callThroughGate<T: Tracer>(_ gate: CheckedSegment, _ tracer: inout T) throws(Exception) {
        let descriptor = gate.descriptor
        let target = try gateTarget(gate, mayEnterInnerRing: true, &tracer)
        let isInner = !target.descriptor.isConforming && target.descriptor.dpl < cpl
        let ring = isInner ? target.descriptor.dpl : cpl
        let stack = isInner ? try innerStack(ring, 0, &tracer) : currentStack
        let width: UInt8 = descriptor.isWideSystem ? 4 : 2
        let count = isInner ? descriptor.parameterCount + 4 : 2
        let code = isInner ? UInt32(stack.segment.selector & ~3) : 0
        try checkRoom(for: count, width, on: stack, errorCode: code)
        guard descriptor.gateOffset <= target.descriptor.limit else { throw .generalProtection(0, .codeLimit) }
        let parameters = isInner ? descriptor.parameterCount : nil
        let frame = try callFrame(parameters: parameters, width, &tracer)
        try enter(target, ring: ring, frame, on: stack, &tracer)
        nextEIP = descriptor.gateOffset
    }

    /// JMP leaves the ring and the stack alone.
    mutating func jumpThroughGate<T: Tracer>(_ gate: CheckedSegment, _ tracer: inout T) throws(Exception) {
        let target = try gateTarget(gate, mayEnterInnerRing: false, &tracer)
        try jump(to: target, gate.descriptor.gateOffset, &tracer)
    }

    /// The code segment behind a call gate that the current ring and the selector's RPL may use.
    private mutating func gateTarget<T: Tracer>(
        _ gate: CheckedSegment, mayEnterInnerRing: Bool, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        tracer.record(.checkCallGate(selector: gate.selector, dpl: gate.descriptor.dpl, cpl: cpl))
        try checkGateAccess(gate)
        let target = try readDescriptor(gate.descriptor.gateSelector, fault: .generalProtection, &tracer)
        try checkGateTarget(target, mayEnterInnerRing: mayEnterInnerRing)
        return target
    }

    /// Both CPL and RPL count against the DPL of a gate in the GDT or LDT.
    func checkGateAccess(_ gate: CheckedSegment) throws(Exception) {
        let code = UInt32(gate.selector & ~3)
        guard gate.descriptor.dpl >= cpl else { throw .generalProtection(code, .gatePrivilege) }
        guard gate.descriptor.dpl >= UInt8(gate.selector & 3) else {
            throw .generalProtection(code, .gateRequestedPrivilege)
        }
        guard gate.descriptor.isPresent else { throw Exception(.segmentNotPresent, errorCode: code, .gateAbsent) }
    }

    /// A gate leads to code of the same or an inner ring; JMP only to the same, or to conforming code.
    func checkGateTarget(
        _ target: CheckedSegment, mayEnterInnerRing: Bool, external: UInt32 = 0
    ) throws(Exception) {
        let code = UInt32(target.selector & ~3) | external
        let descriptor = target.descriptor
        guard descriptor.isCode else { throw .generalProtection(code, .segmentType) }
        guard mayEnterInnerRing || descriptor.isConforming ? descriptor.dpl <= cpl : descriptor.dpl == cpl else {
            throw .generalProtection(code, .segmentPrivilege)
        }
        guard descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
    }

    /// SS, ESP, a copy of the parameters, CS and EIP (SDM vol. 2, CALL, "MORE-PRIVILEGE").
    ///
    /// - Parameter parameters: how many are copied from the old stack on the way to an inner ring; `nil` without a
    ///   change of stack. Whether they can be read is found out here, before anything changes.
    private mutating func callFrame<T: Tracer>(
        parameters: Int?, _ width: UInt8, _ tracer: inout T
    ) throws(Exception) -> StackFrame {
        var frame = StackFrame(width: width)
        if let parameters {
            frame.append(UInt32(segments[.ss].selector))
            frame.append(general[.esp])
            for index in (0..<parameters).reversed() { try probePeek(width, index: UInt32(index), &tracer) }
            frame.appendCopies(parameters)
        }
        frame.append(UInt32(segments[.cs].selector))
        frame.append(nextEIP)
        return frame
    }
}
