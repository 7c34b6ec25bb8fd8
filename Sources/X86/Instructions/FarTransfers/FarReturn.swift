/// IRET and RETF, to the same or an outer ring (SDM vol. 2). A return to virtual-8086 mode is not here.
extension CPU {
    /// EIP, CS, EFLAGS, and on the way to an outer ring ESP and SS come from the stack.
    mutating func interruptReturn<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        if flag(Flags.nestedTask) { return try returnToTask(&tracer) }
        let width = instruction.width
        let offset = try peekSized(width, &tracer)
        let selector = UInt16(truncatingIfNeeded: try peekSized(width, index: 1, &tracer))
        let image = try peekSized(width, index: 2, &tracer)
        if cpl == 0, width == 4, image & Flags.virtual8086 != 0 {
            throw .invalidOpcode(.notImplemented(what: "IRET to virtual-8086 mode"))
        }
        let destination = try returnDestination(
            selector, offset, width, popped: UInt32(width) * 3, arguments: 0, &tracer)
        restoreFlags(image, width, &tracer)
        resume(at: destination, &tracer)
    }

    /// RETF; with an operand it drops that many bytes of arguments, from both stacks if there are two.
    mutating func returnFar<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let width = instruction.width
        let offset = try peekSized(width, &tracer)
        let selector = UInt16(truncatingIfNeeded: try peekSized(width, index: 1, &tracer))
        let destination = try returnDestination(
            selector, offset, width, popped: UInt32(width) * 2, arguments: argumentBytes(instruction), &tracer)
        resume(at: destination, &tracer)
    }

    /// Where a far return leads, when every check has passed.
    private struct ReturnDestination {
        let code: SegmentRegister
        let offset: UInt32
        /// The outer ring's stack, or `nil` if the ring stays.
        let stack: SegmentRegister?
        /// ESP afterwards.
        let pointer: UInt32
    }

    /// - Parameters:
    ///   - popped: bytes on the stack before the arguments.
    ///   - arguments: bytes between them and the outer ring's ESP and SS.
    private mutating func returnDestination<T: Tracer>(
        _ selector: UInt16, _ offset: UInt32, _ width: UInt8, popped: UInt32, arguments: UInt32, _ tracer: inout T
    ) throws(Exception) -> ReturnDestination {
        let target = try readDescriptor(selector, fault: .generalProtection, &tracer)
        try checkReturnTarget(target)
        let ring = UInt8(selector & 3)
        guard ring > cpl else {
            guard offset <= target.descriptor.limit else { throw .generalProtection(0, .codeLimit) }
            let pointer = general[.esp] &+ popped &+ arguments
            return ReturnDestination(
                code: try load(target, &tracer), offset: offset, stack: nil, pointer: pointer)
        }
        let depth = popped &+ arguments
        let pointer = try peekSized(width, depth: depth, &tracer)
        let outer = UInt16(truncatingIfNeeded: try peekSized(width, depth: depth &+ UInt32(width), &tracer))
        let stack = try stackSegment(outer, ring, .generalProtection, &tracer)
        guard offset <= target.descriptor.limit else { throw .generalProtection(0, .codeLimit) }
        return ReturnDestination(
            code: try load(target, &tracer), offset: offset, stack: try load(stack, &tracer),
            pointer: pointer &+ arguments)
    }

    /// The code segment that RETF and IRET return to (SDM vol. 2, RET).
    private func checkReturnTarget(_ target: CheckedSegment) throws(Exception) {
        let code = UInt32(target.selector & ~3)
        let descriptor = target.descriptor
        guard descriptor.isCode else { throw .generalProtection(code, .segmentType) }
        let ring = UInt8(target.selector & 3)
        guard ring >= cpl, descriptor.isConforming ? descriptor.dpl <= ring : descriptor.dpl == ring else {
            throw .generalProtection(code, .segmentPrivilege)
        }
        guard descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
    }

    /// Cannot fail: everything was checked.
    private mutating func resume<T: Tracer>(at destination: ReturnDestination, _ tracer: inout T) {
        if let stack = destination.stack {
            tracer.record(
                .switchStack(
                    oldSS: segments[.ss].selector, oldESP: general[.esp],
                    newSS: stack.selector, newESP: destination.pointer))
            setSegment(.ss, stack, &tracer)
        }
        setStackPointer(destination.pointer)
        setRing(UInt8(destination.code.selector & 3), &tracer)
        setSegment(.cs, destination.code, &tracer)
        if destination.stack != nil { nullInnerSegments(&tracer) }
        nextEIP = destination.offset
    }

    /// With the ring that executes IRET: IOPL changes in ring 0 only, IF only where CPL ≤ IOPL.
    private mutating func restoreFlags<T: Tracer>(_ image: UInt32, _ width: UInt8, _ tracer: inout T) {
        var mask = Flags.status | Flags.trap | Flags.direction | Flags.nestedTask
        if width == 4 {
            mask |= Flags.resume | Flags.alignmentCheck | Flags.identification
            if cpl == 0 { mask |= Flags.virtualInterrupt | Flags.virtualInterruptPending }
        }
        setFlagsFromImage(image, mask, &tracer)
        boundary.insert(.keepsResume)
    }
}
