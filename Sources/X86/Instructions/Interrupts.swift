/// INT n, exceptions and IRET (SDM vol. 2, INT n and IRET; vol. 3, 6.12).
extension CPU {
    /// Who asked for the handler: it decides whether the gate's DPL counts and bit 0 of error codes.
    enum InterruptSource {
        case instruction
        case exception

        /// EXT, bit 0 of an error code: the fault is not the program's own instruction.
        var external: UInt32 { self == .exception ? 1 : 0 }
    }

    /// INT n, INT3 and INTO: the saved EIP is the next instruction's.
    mutating func softwareInterrupt<T: Tracer>(_ vector: UInt8, _ tracer: inout T) throws(Exception) {
        try enterHandler(vector, .instruction, errorCode: nil, returnTo: nextEIP, &tracer)
        nextEIP = eip
    }

    /// Sends an exception through the IDT. A fault on the way becomes a double fault where the manual says
    /// so, and a fault on the way to *that* handler stops the processor.
    mutating func deliver<T: Tracer>(_ exception: Exception, _ tracer: inout T) -> StepOutcome {
        var current = exception
        while true {
            tracer.record(.raise(current))
            if let address = current.address { control.cr2 = address }
            do {
                let isTrap = current.vector.isTrap && current.check != .requestedByProgram
                let saved = isTrap ? eip : currentEIP
                try enterHandler(
                    current.vector.rawValue, .exception, errorCode: current.errorCode, returnTo: saved, &tracer)
                return .exception(exception)
            } catch {
                guard current.vector != .doubleFault else { break }
                current = Self.combine(current, error)
            }
        }
        isShutDown = true
        return .shutdown
    }

    /// `eip` still names the instruction that failed: it is replaced only when an instruction completes.
    private var currentEIP: UInt32 { eip }

    /// SDM vol. 3, table 6-5: which pairs make a double fault.
    private static func combine(_ first: Exception, _ second: Exception) -> Exception {
        let isPair =
            first.vector.isContributory && second.vector.isContributory
            || first.vector == .pageFault && (second.vector == .pageFault || second.vector.isContributory)
        return isPair ? Exception(.doubleFault, errorCode: 0, .nestedFault) : second
    }

    /// Through the gate: checks in the manual's order, then the stack, then the jump. Nothing changes until
    /// every check has passed.
    private mutating func enterHandler<T: Tracer>(
        _ vector: UInt8, _ source: InterruptSource, errorCode: UInt32?, returnTo: UInt32, _ tracer: inout T
    ) throws(Exception) {
        let gate = try readGate(vector, source, &tracer)
        let selector = gate.gateSelector
        let code = UInt32(selector & ~3) | source.external
        let (target, address) = try readDescriptor(
            selector, fault: .generalProtection, external: source.external, &tracer)
        guard target.isCode else { throw .generalProtection(code, .segmentType) }
        guard target.dpl <= cpl else { throw .generalProtection(code, .segmentPrivilege) }
        guard target.isPresent else { throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent) }
        guard gate.gateOffset <= target.limit else { throw .generalProtection(source.external, .codeLimit) }
        let ring = target.isConforming ? cpl : target.dpl
        var frame = InterruptFrame(returnTo: returnTo, flags: flags, errorCode: errorCode, cpu: self)
        if ring < cpl {
            let stack = try innerStack(ring, source, &tracer)
            frame.includesStack = true
            try pushFrame(frame, onto: stack, &tracer)
            let old = segments[Int(SegmentName.ss.rawValue)].selector
            tracer.record(
                .switchStack(
                    oldSS: old, oldESP: frame.esp, newSS: stack.segment.selector, newESP: stack.pointer))
            setSegment(.ss, stack.segment, &tracer)
            general[.esp] = stack.pointer &- frame.size
        } else {
            let stack = InnerStack(segment: segments[Int(SegmentName.ss.rawValue)], pointer: general[.esp])
            try pushFrame(frame, onto: stack, &tracer)
            setStackPointer(general[.esp] &- frame.size)
        }
        setRing(ring, &tracer)
        let loaded = try markAccessed(target, at: address, &tracer)
        setSegment(.cs, SegmentRegister(selector: selector & ~3 | UInt16(ring), loaded), &tracer)
        enterFlags(isInterruptGate: gate.type == GateType.interrupt32, &tracer)
        eip = gate.gateOffset
        enteredHandler = true
    }

    /// TF, NT, RF and VM are cleared by every gate; IF only by an interrupt gate.
    private mutating func enterFlags<T: Tracer>(isInterruptGate: Bool, _ tracer: inout T) {
        let old = flags
        var cleared = Flags.trap | Flags.nestedTask | Flags.resume | Flags.virtual8086
        if isInterruptGate { cleared |= Flags.interrupt }
        flags &= ~cleared
        if flags != old { tracer.record(.changeFlags(old: old, new: flags)) }
    }

    private enum GateType {
        static let interrupt32: UInt8 = 0xE
        static let trap32: UInt8 = 0xF
    }

    private mutating func readGate<T: Tracer>(
        _ vector: UInt8, _ source: InterruptSource, _ tracer: inout T
    ) throws(Exception) -> Descriptor {
        let code = UInt32(vector) * 8 + 2 | source.external
        let offset = UInt32(vector) * 8
        guard offset + 7 <= UInt32(idtr.limit) else { throw .generalProtection(code, .vectorOutsideTable) }
        let raw = try readLinear(
            UInt64.self, idtr.base &+ offset, user: false, purpose: .interruptGate, &tracer)
        let gate = Descriptor(raw: raw)
        tracer.record(
            .checkGate(vector: vector, dpl: gate.dpl, cpl: cpl, software: source == .instruction))
        let isKnown = gate.type == GateType.interrupt32 || gate.type == GateType.trap32
        guard !gate.isCodeOrData, isKnown || [5, 6, 7].contains(gate.type) else {
            throw .generalProtection(code, .gateType)
        }
        if source == .instruction, gate.dpl < cpl { throw .generalProtection(code, .gatePrivilege) }
        guard gate.isPresent else { throw Exception(.segmentNotPresent, errorCode: code, .gateAbsent) }
        guard isKnown else { throw .invalidOpcode(.notImplemented(what: "a task gate or 16-bit gate")) }
        return gate
    }

    /// A stack that a handler's frame goes onto.
    struct InnerStack {
        let segment: SegmentRegister
        let pointer: UInt32
    }

    /// SSn:ESPn from the 32-bit TSS, with the checks that make #TS and #SS.
    private mutating func innerStack<T: Tracer>(
        _ ring: UInt8, _ source: InterruptSource, _ tracer: inout T
    ) throws(Exception) -> InnerStack {
        let offset = UInt32(ring) * 8 + 4
        let taskCode = UInt32(taskRegister.selector & ~3) | source.external
        guard taskRegister.attributes & 0xD == 0x9, taskRegister.attributes & 0x80 != 0 else {
            throw Exception(.invalidTSS, errorCode: taskCode, .taskStateType)
        }
        guard offset + 5 <= taskRegister.limit else {
            throw Exception(.invalidTSS, errorCode: taskCode, .taskStateLimit)
        }
        let selector = try readLinear(
            UInt16.self, taskRegister.base &+ offset &+ 4, user: false, purpose: .taskState, &tracer)
        let pointer = try readLinear(
            UInt32.self, taskRegister.base &+ offset, user: false, purpose: .taskState, &tracer)
        let segment = try stackSegment(selector, ring, .invalidTSS, source.external, &tracer)
        return InnerStack(segment: segment, pointer: pointer)
    }

    /// A stack segment for `ring`: writable data of exactly that privilege.
    private mutating func stackSegment<T: Tracer>(
        _ selector: UInt16, _ ring: UInt8, _ fault: Exception.Vector, _ external: UInt32, _ tracer: inout T
    ) throws(Exception) -> SegmentRegister {
        let code = UInt32(selector & ~3) | external
        let (descriptor, address) = try readDescriptor(selector, fault: fault, external: external, &tracer)
        guard UInt8(selector & 3) == ring, descriptor.dpl == ring, descriptor.isWritableData else {
            throw Exception(fault, errorCode: code, .stackSelector)
        }
        guard descriptor.isPresent else { throw Exception(.stackFault, errorCode: code, .segmentAbsent) }
        return SegmentRegister(selector: selector, try markAccessed(descriptor, at: address, &tracer))
    }

    /// What a gate saves, in the order in which it is pushed.
    private struct InterruptFrame {
        let ss: UInt16
        let esp: UInt32
        let flags: UInt32
        let cs: UInt16
        let eip: UInt32
        let errorCode: UInt32?
        /// SS and ESP are saved only if the stack changes.
        var includesStack = false

        init(returnTo: UInt32, flags: UInt32, errorCode: UInt32?, cpu: borrowing CPU) {
            ss = cpu.segments[Int(SegmentName.ss.rawValue)].selector
            cs = cpu.segments[Int(SegmentName.cs.rawValue)].selector
            esp = cpu.general[.esp]
            eip = returnTo
            self.flags = flags
            self.errorCode = errorCode
        }

        var words: [UInt32] {
            (includesStack ? [UInt32(ss), esp] : []) + [flags, UInt32(cs), eip] + (errorCode.map { [$0] } ?? [])
        }

        /// Bytes on the stack.
        var size: UInt32 { (includesStack ? 20 : 12) + (errorCode == nil ? 0 : 4) }
    }

    /// Writes the frame below `stack.pointer`, as the supervisor that the handler will be.
    private mutating func pushFrame<T: Tracer>(
        _ frame: InterruptFrame, onto stack: InnerStack, _ tracer: inout T
    ) throws(Exception) {
        let bottom = stack.pointer &- frame.size
        let (last, wraps) = stack.pointer.subtractingReportingOverflow(1)
        guard stack.segment.isExpandDown || last <= stack.segment.limit, !wraps || stack.segment.limit == .max else {
            throw Exception(.stackFault, errorCode: 0, .segmentLimit)
        }
        let isUser = !frame.includesStack && cpl == 3
        try probeWrite(stack.segment.base &+ bottom, size: frame.size, user: isUser, &tracer)
        var pointer = stack.pointer
        for word in frame.words {
            pointer = pointer &- 4
            try writeLinear(word, stack.segment.base &+ pointer, user: isUser, &tracer)
        }
    }

    /// IRET to the same or an outer ring. A return to a task or to virtual-8086 mode is not here yet.
    mutating func interruptReturn<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard flags & Flags.nestedTask == 0 else {
            throw .invalidOpcode(.notImplemented(what: "IRET to another task (NT is set)"))
        }
        let width = instruction.width
        let offset = try peekSized(width, &tracer)
        let selector = UInt16(truncatingIfNeeded: try peekSized(width, index: 1, &tracer))
        let image = try peekSized(width, index: 2, &tracer)
        if cpl == 0, width == 4, image & Flags.virtual8086 != 0 {
            throw .invalidOpcode(.notImplemented(what: "IRET to virtual-8086 mode"))
        }
        let (descriptor, address) = try readDescriptor(selector, fault: .generalProtection, &tracer)
        try checkReturnTarget(descriptor, selector)
        guard offset <= descriptor.limit else { throw .generalProtection(0, .codeLimit) }
        let ring = UInt8(selector & 3)
        if ring > cpl { try returnOuterStack(ring, width, &tracer) } else { dropStack(UInt32(width) * 3) }
        let loaded = try markAccessed(descriptor, at: address, &tracer)
        restoreFlags(image, width, &tracer)
        setRing(ring, &tracer)
        setSegment(.cs, SegmentRegister(selector: selector, loaded), &tracer)
        nullInnerSegments(&tracer)
        nextEIP = offset
    }

    private mutating func returnOuterStack<T: Tracer>(
        _ ring: UInt8, _ width: UInt8, _ tracer: inout T
    ) throws(Exception) {
        let pointer = try peekSized(width, index: 3, &tracer)
        let selector = UInt16(truncatingIfNeeded: try peekSized(width, index: 4, &tracer))
        let segment = try stackSegment(selector, ring, .generalProtection, 0, &tracer)
        let old = segments[Int(SegmentName.ss.rawValue)].selector
        tracer.record(
            .switchStack(oldSS: old, oldESP: general[.esp], newSS: selector, newESP: pointer))
        setSegment(.ss, segment, &tracer)
        if segment.is32Bit { general[.esp] = pointer } else { setStackPointer(pointer) }
    }

    /// With the ring that executes IRET: IOPL changes in ring 0 only, IF only where CPL ≤ IOPL.
    private mutating func restoreFlags<T: Tracer>(_ image: UInt32, _ width: UInt8, _ tracer: inout T) {
        let old = flags
        var mask = Flags.status | Flags.trap | Flags.direction | Flags.nestedTask
        if width == 4 {
            mask |= Flags.resume | Flags.alignmentCheck | Flags.identification
            if cpl == 0 { mask |= Flags.virtualInterrupt | Flags.virtualInterruptPending }
        }
        setFlagsFromImage(image, mask)
        if flags != old { tracer.record(.changeFlags(old: old, new: flags)) }
    }
}
