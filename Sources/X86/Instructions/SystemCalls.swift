/// SYSENTER and SYSEXIT (SDM vol. 2), SYSCALL and SYSRET in legacy mode (AMD APM vol. 3, AMD 21086).
///
/// None of them touches memory: no gate, no descriptor, no stack. CS and SS get fixed, flat hidden parts;
/// the selectors only have to fit the GDT for whoever reloads them later. TF survives all four.
extension CPU {
    /// Into ring 0 at MSR 176h, on the stack of MSR 175h. Nothing is saved: neither EIP nor ESP.
    mutating func systemEnter<T: Tracer>(_ tracer: inout T) throws(Exception) {
        tracer.record(.readMSR(index: ModelSpecificRegisters.Index.systemEnterCS, value: UInt64(msrs.systemEnterCS)))
        let selector = UInt16(truncatingIfNeeded: msrs.systemEnterCS) & ~3
        guard selector != 0 else { throw .generalProtection(0, .systemEnterSelectorNull) }
        tracer.record(.readMSR(index: ModelSpecificRegisters.Index.systemEnterEIP, value: UInt64(msrs.systemEnterEIP)))
        tracer.record(.readMSR(index: ModelSpecificRegisters.Index.systemEnterESP, value: UInt64(msrs.systemEnterESP)))
        setFlags(flags & ~(Flags.virtual8086 | Flags.interrupt), &tracer)
        recordStackSwitch(to: selector &+ 8, msrs.systemEnterESP, &tracer)
        switchToFlat(code: selector, stack: selector &+ 8, ring: 0, &tracer)
        general[.esp] = msrs.systemEnterESP
        nextEIP = msrs.systemEnterEIP
    }

    /// Out to ring 3 at EDX, on the stack in ECX. The flags stay as they are.
    mutating func systemExit<T: Tracer>(_ tracer: inout T) throws(Exception) {
        tracer.record(.readMSR(index: ModelSpecificRegisters.Index.systemEnterCS, value: UInt64(msrs.systemEnterCS)))
        let selector = UInt16(truncatingIfNeeded: msrs.systemEnterCS) & ~3
        guard selector != 0 else { throw .generalProtection(0, .systemEnterSelectorNull) }
        guard cpl == 0 else { throw .generalProtection(0, .ringZeroOnly) }
        recordStackSwitch(to: selector &+ 24 | 3, general[.ecx], &tracer)
        switchToFlat(code: selector &+ 16 | 3, stack: selector &+ 24 | 3, ring: 3, &tracer)
        general[.esp] = general[.ecx]
        nextEIP = general[.edx]
    }

    /// Into ring 0 at STAR[31:0]; ECX keeps the return address. ESP is still the user's.
    mutating func systemCall<T: Tracer>(_ tracer: inout T) throws(Exception) {
        try checkSystemCallEnable(&tracer)
        tracer.record(.readMSR(index: ModelSpecificRegisters.Index.systemCallTarget, value: msrs.systemCallTarget))
        let selector = UInt16(truncatingIfNeeded: msrs.systemCallTarget >> 32) & ~3
        general[.ecx] = nextEIP
        nextEIP = UInt32(truncatingIfNeeded: msrs.systemCallTarget)
        setFlags(flags & ~(Flags.virtual8086 | Flags.interrupt | Flags.resume), &tracer)
        switchToFlat(code: selector, stack: selector &+ 8, ring: 0, &tracer)
    }

    /// Out to ring 3 at ECX. SS gets a new selector and keeps its hidden part but for the privilege; ESP is
    /// whatever ring 0 left in it; IF is set.
    mutating func systemReturn<T: Tracer>(_ tracer: inout T) throws(Exception) {
        try checkSystemCallEnable(&tracer)
        guard cpl == 0 else { throw .generalProtection(0, .ringZeroOnly) }
        tracer.record(.readMSR(index: ModelSpecificRegisters.Index.systemCallTarget, value: msrs.systemCallTarget))
        let selector = UInt16(truncatingIfNeeded: msrs.systemCallTarget >> 48)
        setFlags(flags | Flags.interrupt, &tracer)
        setSegment(.cs, .flatCode(selector: selector | 3, dpl: 3), fixed: true, &tracer)
        var stack = segments[.ss]
        stack.selector = selector &+ 8 | 3
        stack.attributes |= 3 << 5
        setSegment(.ss, stack, fixed: true, &tracer)
        setRing(3, &tracer)
        nextEIP = general[.ecx]
    }

    private func checkSystemCallEnable<T: Tracer>(_ tracer: inout T) throws(Exception) {
        tracer.record(
            .readMSR(index: ModelSpecificRegisters.Index.extendedFeatures, value: UInt64(msrs.extendedFeatures)))
        guard msrs.extendedFeatures & ModelSpecificRegisters.systemCallEnable != 0 else {
            throw .invalidOpcode(.systemCallDisabled)
        }
    }

    private func recordStackSwitch<T: Tracer>(to selector: UInt16, _ pointer: UInt32, _ tracer: inout T) {
        let old = segments[.ss].selector
        tracer.record(.switchStack(oldSS: old, oldESP: general[.esp], newSS: selector, newESP: pointer))
    }

    private mutating func switchToFlat<T: Tracer>(
        code: UInt16, stack: UInt16, ring: UInt8, _ tracer: inout T
    ) {
        setSegment(.cs, .flatCode(selector: code, dpl: ring), fixed: true, &tracer)
        setSegment(.ss, .flatData(selector: stack, dpl: ring), fixed: true, &tracer)
        setRing(ring, &tracer)
    }
}
