/// Through an IDT gate (SDM vol. 2, INT n; vol. 3, 6.12): checks in the manual's order, then the stack, then
/// the jump. Nothing changes until every check has passed.
extension CPU {
    mutating func enterHandler<T: Tracer>(_ request: HandlerRequest, _ tracer: inout T) throws(Exception) {
        let external = request.source.external
        let gate = try readGate(request, &tracer)
        let target = try handlerSegment(gate.gateSelector, external, &tracer)
        let ring = target.descriptor.isConforming ? cpl : target.descriptor.dpl
        let isInner = ring < cpl
        let stack = isInner ? try innerStack(ring, external, &tracer) : currentStack
        let frame = InterruptFrame(request, includesStack: isInner, cpu: self)
        try checkRoom(for: frame, on: stack, errorCode: external | (isInner ? UInt32(stack.segment.selector & ~3) : 0))
        guard gate.gateOffset <= target.descriptor.limit else { throw .generalProtection(external, .codeLimit) }
        var code = try load(target, &tracer)
        try push(frame, on: stack, user: ring == 3, &tracer)
        if isInner { switchStack(to: stack, below: frame, &tracer) } else { dropStack(0 &- frame.size) }
        setRing(ring, &tracer)
        code.selector = code.selector & ~3 | UInt16(ring)
        setSegment(.cs, code, &tracer)
        enterFlags(isInterruptGate: gate.type == GateType.interrupt32, &tracer)
        eip = gate.gateOffset
        boundary.insert(.enteredHandler)
    }

    /// TF, NT, RF and VM are cleared by every gate; IF only by an interrupt gate.
    private mutating func enterFlags<T: Tracer>(isInterruptGate: Bool, _ tracer: inout T) {
        let always = Flags.trap | Flags.nestedTask | Flags.resume | Flags.virtual8086
        setFlags(flags & ~(isInterruptGate ? always | Flags.interrupt : always), &tracer)
    }

    private enum GateType {
        static let task: UInt8 = 0x5
        static let interrupt16: UInt8 = 0x6
        static let trap16: UInt8 = 0x7
        static let interrupt32: UInt8 = 0xE
        static let trap32: UInt8 = 0xF
        static let all = [task, interrupt16, trap16, interrupt32, trap32]
    }

    private mutating func readGate<T: Tracer>(
        _ request: HandlerRequest, _ tracer: inout T
    ) throws(Exception) -> Descriptor {
        let offset = UInt32(request.vector) * 8
        let code = offset + 2 | request.source.external
        guard offset + 7 <= UInt32(idtr.limit) else { throw .generalProtection(code, .vectorOutsideTable) }
        let raw = try readLinear(UInt64.self, idtr.base &+ offset, user: false, purpose: .interruptGate, &tracer)
        let gate = Descriptor(raw: raw)
        let isSoftware = request.source == .instruction
        tracer.record(.checkGate(vector: request.vector, dpl: gate.dpl, cpl: cpl, software: isSoftware))
        guard !gate.isCodeOrData, GateType.all.contains(gate.type) else { throw .generalProtection(code, .gateType) }
        if isSoftware, gate.dpl < cpl { throw .generalProtection(code, .gatePrivilege) }
        guard gate.isPresent else { throw Exception(.segmentNotPresent, errorCode: code, .gateAbsent) }
        guard gate.type == GateType.interrupt32 || gate.type == GateType.trap32 else {
            throw .invalidOpcode(.notImplemented(what: "a task gate or 16-bit gate"))
        }
        return gate
    }

    private mutating func handlerSegment<T: Tracer>(
        _ selector: UInt16, _ external: UInt32, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        let code = UInt32(selector & ~3) | external
        let target = try readDescriptor(selector, fault: .generalProtection, external: external, &tracer)
        guard target.descriptor.isCode else { throw .generalProtection(code, .segmentType) }
        guard target.descriptor.dpl <= cpl else { throw .generalProtection(code, .segmentPrivilege) }
        guard target.descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
        return target
    }

    // MARK: Stacks

    /// A stack that a handler's frame goes onto.
    private struct HandlerStack {
        let segment: SegmentRegister
        let pointer: UInt32

        /// Offset of the frame's word number `index`, the first one pushed being 1.
        func offset(ofWord index: Int) -> UInt32 {
            let offset = pointer &- 4 &* UInt32(truncatingIfNeeded: index)
            return segment.is32Bit ? offset : offset & 0xFFFF
        }
    }

    private var currentStack: HandlerStack {
        HandlerStack(segment: segments[.ss], pointer: general[.esp])
    }

    /// SSn:ESPn from the 32-bit TSS, with the checks that make #TS and #SS.
    private mutating func innerStack<T: Tracer>(
        _ ring: UInt8, _ external: UInt32, _ tracer: inout T
    ) throws(Exception) -> HandlerStack {
        let offset = UInt32(ring) * 8 + 4
        guard offset + 5 <= taskRegister.limit else {
            let code = UInt32(taskRegister.selector & ~3) | external
            throw Exception(.invalidTSS, errorCode: code, .taskStateLimit)
        }
        let base = taskRegister.base &+ offset
        let selector = try readLinear(UInt16.self, base &+ 4, user: false, purpose: .taskState, &tracer)
        let pointer = try readLinear(UInt32.self, base, user: false, purpose: .taskState, &tracer)
        let segment = try stackSegment(selector, ring, .invalidTSS, external: external, &tracer)
        return HandlerStack(segment: try load(segment, &tracer), pointer: pointer)
    }

    /// A stack segment for `ring`: writable data of exactly that privilege.
    mutating func stackSegment<T: Tracer>(
        _ selector: UInt16, _ ring: UInt8, _ fault: Exception.Vector, external: UInt32 = 0, _ tracer: inout T
    ) throws(Exception) -> CheckedSegment {
        let code = UInt32(selector & ~3) | external
        let segment = try readDescriptor(selector, fault: fault, external: external, &tracer)
        guard UInt8(selector & 3) == ring, segment.descriptor.dpl == ring, segment.descriptor.isWritableData else {
            throw Exception(fault, errorCode: code, .stackSelector)
        }
        guard segment.descriptor.isPresent else {
            throw Exception(.stackFault, errorCode: code, .segmentAbsent)
        }
        return segment
    }

    private mutating func switchStack<T: Tracer>(
        to stack: HandlerStack, below frame: InterruptFrame, _ tracer: inout T
    ) {
        tracer.record(
            .switchStack(
                oldSS: frame.ss, oldESP: frame.esp, newSS: stack.segment.selector, newESP: stack.pointer))
        setSegment(.ss, stack.segment, &tracer)
        general[.esp] = stack.pointer
        dropStack(0 &- frame.size)
    }

    // MARK: The frame

    /// What a gate saves.
    private struct InterruptFrame {
        let ss: UInt16
        let esp: UInt32
        /// In the order in which they are pushed.
        private(set) var words: InlineArray<6, UInt32>
        private(set) var count = 0

        init(_ request: HandlerRequest, includesStack: Bool, cpu: borrowing CPU) {
            ss = cpu.segments[.ss].selector
            esp = cpu.general[.esp]
            words = InlineArray(repeating: 0)
            if includesStack {  // SS and ESP are saved only if the stack changes.
                append(UInt32(ss))
                append(esp)
            }
            append(request.flags)
            append(UInt32(cpu.segments[.cs].selector))
            append(request.returnTo)
            if let errorCode = request.errorCode { append(errorCode) }
        }

        private mutating func append(_ word: UInt32) {
            words[count] = word
            count += 1
        }

        /// Bytes on the stack.
        var size: UInt32 { UInt32(count) * 4 }
    }

    private func checkRoom(
        for frame: InterruptFrame, on stack: HandlerStack, errorCode: UInt32
    ) throws(Exception) {
        for index in 1...frame.count where !stack.segment.contains(stack.offset(ofWord: index), size: 4) {
            throw Exception(.stackFault, errorCode: errorCode, .segmentLimit)
        }
    }

    /// Writes the frame, with the rights of the ring that the handler runs in. All pages are tried first.
    private mutating func push<T: Tracer>(
        _ frame: InterruptFrame, on stack: HandlerStack, user: Bool, _ tracer: inout T
    ) throws(Exception) {
        for index in 1...frame.count {
            try probeWrite(stack.segment.base &+ stack.offset(ofWord: index), size: 4, user: user, &tracer)
        }
        for index in 1...frame.count {
            let linear = stack.segment.base &+ stack.offset(ofWord: index)
            try writeLinear(frame.words[index - 1], linear, user: user, &tracer)
        }
    }
}
