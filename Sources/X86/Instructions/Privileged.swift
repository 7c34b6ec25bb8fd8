/// Instructions of the operating system: control registers, descriptor tables, MSRs, CPUID.
extension CPU {
    func requireRingZero() throws(Exception) {
        guard cpl == 0 else { throw .generalProtection(0, .ringZeroOnly) }
    }

    mutating func moveFromControl(_ instruction: Instruction) throws(Exception) {
        guard let value = controlRegister(Int(instruction.special)) else {
            throw .invalidOpcode(.noSuchRegister)
        }
        try requireRingZero()
        general[instruction.destination.code] = value
    }

    mutating func moveToControl<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard let old = controlRegister(Int(instruction.special)) else {
            throw .invalidOpcode(.noSuchRegister)
        }
        try requireRingZero()
        let value = general[instruction.source.code]
        switch instruction.special {
        case 0: try setCR0(value)
        case 2: control.cr2 = value
        case 3: control.cr3 = value
        default: try setCR4(value)
        }
        if instruction.special != 2 { flushTranslations(&tracer) }
        let new = controlRegister(Int(instruction.special)) ?? value
        tracer.record(.writeControl(index: instruction.special, old: old, new: new))
    }

    private mutating func setCR0(_ value: UInt32) throws(Exception) {
        let pages = value & ControlRegisters.paging != 0
        let isImpossible =
            pages && value & ControlRegisters.protectionEnable == 0
            || value & ControlRegisters.notWriteThrough != 0 && value & ControlRegisters.cacheDisable == 0
        if isImpossible { throw .generalProtection(0, .reservedBits) }
        guard value & ControlRegisters.protectionEnable != 0 else {
            throw .invalidOpcode(.notImplemented(what: "real mode (CR0.PE = 0)"))
        }
        control.cr0 = value & ControlRegisters.definedCR0 | ControlRegisters.extensionType
    }

    private mutating func setCR4(_ value: UInt32) throws(Exception) {
        guard value & ~model.definedCR4 == 0 else { throw .generalProtection(0, .reservedBits) }
        guard value & ControlRegisters.physicalAddressExtension == 0 else {
            throw .invalidOpcode(.notImplemented(what: "PAE (CR4.PAE)"))
        }
        control.cr4 = value
    }

    mutating func moveFromDebug(_ instruction: Instruction) throws(Exception) {
        let number = try debugNumber(instruction.special)
        try permitDebugAccess()
        general[instruction.destination.code] = debugRegisters[number]
    }

    /// With DR7.GD set, #DB comes instead of the access (SDM vol. 3, 17.3.1.3).
    private mutating func permitDebugAccess() throws(Exception) {
        try requireRingZero()
        guard debugRegisters[7] & DebugControl.generalDetect != 0 else { return }
        debugRegisters[6] = debugRegisters[6] & ~DebugStatus.breakpoints | DebugStatus.accessDetected
        throw Exception(.debug, .debugRegisterGuarded)
    }

    /// DR4 and DR5 are other names of DR6 and DR7, and do not exist while CR4.DE is set.
    private func debugNumber(_ number: UInt8) throws(Exception) -> Int {
        guard number == 4 || number == 5 else { return Int(number & 7) }
        guard control.cr4 & ControlRegisters.debuggingExtensions == 0 else { throw .invalidOpcode(.noSuchRegister) }
        return Int(number) + 2
    }

    mutating func moveToDebug(_ instruction: Instruction) throws(Exception) {
        let number = try debugNumber(instruction.special)
        try permitDebugAccess()
        let value = general[instruction.source.code]
        switch number {
        case 6: debugRegisters[6] = value & 0xEFFF | 0xFFFF_0FF0
        case 7:
            debugRegisters[7] = value & 0xFFFF_2FFF | 0x400
            updateAttention()
        default: debugRegisters[number] = value
        }
    }

    /// LGDT and LIDT: limit, then base; a 16-bit operand loads 24 bits of the base.
    mutating func loadTable<T: Tracer>(
        _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) -> TableRegister {
        guard instruction.destination.isMemory else { throw .invalidOpcode(.memoryOperandOnly) }
        try requireRingZero()
        let address = effectiveAddress(instruction)
        let limit = try read(UInt16.self, instruction.segment, address, &tracer)
        let base = try read(UInt32.self, instruction.segment, effectiveAddress(instruction, plus: 2), &tracer)
        return TableRegister(base: instruction.width == 2 ? base & 0xFF_FFFF : base, limit: limit)
    }

    mutating func storeTable<T: Tracer>(
        _ table: TableRegister, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        guard instruction.destination.isMemory else { throw .invalidOpcode(.memoryOperandOnly) }
        let address = effectiveAddress(instruction)
        let behind = effectiveAddress(instruction, plus: 2)
        for (part, size) in [(address, 2), (behind, 4)] as [(UInt32, UInt32)] {
            let linear = try linear(instruction.segment, part, size, isWrite: true)
            try checkAlignment(linear, size)
            try probeWrite(linear, size: size, user: cpl == 3, &tracer)
        }
        try write(table.limit, instruction.segment, address, &tracer)
        let base = instruction.width == 2 ? table.base & 0xFF_FFFF : table.base
        try write(base, instruction.segment, behind, &tracer)
    }

    /// LTR: an available TSS of the GDT, marked busy from now on.
    mutating func loadTask<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try requireRingZero()
        let selector: UInt16 = try load(instruction.destination, instruction, &tracer)
        let code = UInt32(selector & ~3)
        guard selector & 4 == 0 else { throw .generalProtection(code, .selectorOutsideTable) }
        let segment = try readDescriptor(selector, fault: .generalProtection, &tracer)
        let descriptor = segment.descriptor
        guard descriptor.isTaskState, !descriptor.isBusy else {
            throw .generalProtection(code, .segmentType)
        }
        guard descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
        let busy = Descriptor(raw: descriptor.raw | 1 << 41)
        try writeLinear(UInt8(truncatingIfNeeded: busy.raw >> 40), segment.address &+ 5, user: false, &tracer)
        taskRegister = SegmentRegister(selector: selector, busy)
    }

    mutating func loadLocalTable<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try requireRingZero()
        let selector: UInt16 = try load(instruction.destination, instruction, &tracer)
        guard selector & ~3 != 0 else {
            localTable = .unusable(selector: selector)  // RPL and all
            return
        }
        let code = UInt32(selector & ~3)
        guard selector & 4 == 0 else { throw .generalProtection(code, .selectorOutsideTable) }
        let descriptor = try readDescriptor(selector, fault: .generalProtection, &tracer).descriptor
        guard !descriptor.isCodeOrData, descriptor.type == SystemType.localTable else {
            throw .generalProtection(code, .segmentType)
        }
        guard descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
        localTable = SegmentRegister(selector: selector, descriptor)
    }

    /// SLDT, STR and SMSW: 16 bits to memory, zero-extended to a 32-bit register.
    mutating func storeWord<T: Tracer>(
        _ value: UInt32, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        if instruction.destination.isMemory || instruction.width == 2 {
            try store(UInt16(truncatingIfNeeded: value), instruction.destination, instruction, &tracer)
        } else {
            setRegister(instruction.destination.code, value)
        }
    }

    /// LMSW sets PE, MP, EM and TS; it cannot clear PE.
    mutating func loadMachineStatus<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try requireRingZero()
        let value: UInt16 = try load(instruction.destination, instruction, &tracer)
        replaceCR0(control.cr0 & ~0xE | UInt32(value & 0xF), &tracer)
    }

    mutating func clearTaskSwitched<T: Tracer>(_ tracer: inout T) throws(Exception) {
        try requireRingZero()
        replaceCR0(control.cr0 & ~ControlRegisters.taskSwitched, &tracer)
    }

    mutating func replaceCR0<T: Tracer>(_ new: UInt32, _ tracer: inout T) {
        tracer.record(.writeControl(index: 0, old: control.cr0, new: new))
        control.cr0 = new
    }

    mutating func invalidatePage<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        guard instruction.destination.isMemory else { throw .invalidOpcode(.memoryOperandOnly) }
        try requireRingZero()
        // A large page may have left many entries, all of which must go.
        guard !control.hasLargePages else { return flushTranslations(&tracer) }
        let base = segments[instruction.segment].base
        flushTranslation(of: (base &+ effectiveAddress(instruction)) >> 12, &tracer)
    }

    mutating func identify() {
        let leaf = model.cpuid(leaf: general[.eax])
        general[.eax] = leaf.eax
        general[.ebx] = leaf.ebx
        general[.ecx] = leaf.ecx
        general[.edx] = leaf.edx
    }

    mutating func readTimeStamp() throws(Exception) {
        if control.cr4 & ControlRegisters.timeStampDisable != 0 { try requireRingZero() }
        general[.eax] = UInt32(truncatingIfNeeded: timeStamp)
        general[.edx] = UInt32(truncatingIfNeeded: timeStamp >> 32)
    }

    mutating func readModelSpecific<T: Tracer>(_ tracer: inout T) throws(Exception) {
        try requireRingZero()
        let index = general[.ecx]
        guard let value = readMSR(index) else { throw .generalProtection(0, .noSuchRegisterNumber) }
        tracer.record(.readMSR(index: index, value: value))
        general[.eax] = UInt32(truncatingIfNeeded: value)
        general[.edx] = UInt32(truncatingIfNeeded: value >> 32)
    }

    mutating func writeModelSpecific<T: Tracer>(_ tracer: inout T) throws(Exception) {
        try requireRingZero()
        let index = general[.ecx]
        let value = UInt64(general[.edx]) << 32 | UInt64(general[.eax])
        guard let old = readMSR(index) else { throw .generalProtection(0, .noSuchRegisterNumber) }
        try writeMSR(index, value)
        tracer.record(.writeMSR(index: index, old: old, new: value))
    }

    /// The time-stamp counter: one tick an instruction, so that runs are reproducible.
    private var timeStamp: UInt64 { instructionCount &+ timeStampOffset }

    /// A register that this model has, or `nil`.
    func readMSR(_ index: UInt32) -> UInt64? {
        switch index {
        case ModelSpecificRegisters.Index.timeStampCounter: timeStamp
        case ModelSpecificRegisters.Index.systemEnterCS where model.hasSystemEnter: UInt64(msrs.systemEnterCS)
        case ModelSpecificRegisters.Index.systemEnterESP where model.hasSystemEnter: UInt64(msrs.systemEnterESP)
        case ModelSpecificRegisters.Index.systemEnterEIP where model.hasSystemEnter: UInt64(msrs.systemEnterEIP)
        case ModelSpecificRegisters.Index.extendedFeatures where model.hasSystemCall: UInt64(msrs.extendedFeatures)
        case ModelSpecificRegisters.Index.systemCallTarget where model.hasSystemCall: msrs.systemCallTarget
        default: nil
        }
    }

    mutating func writeMSR(_ index: UInt32, _ value: UInt64) throws(Exception) {
        let low = UInt32(truncatingIfNeeded: value)
        switch index {
        case ModelSpecificRegisters.Index.timeStampCounter: timeStampOffset = value &- instructionCount
        case ModelSpecificRegisters.Index.systemEnterCS: msrs.systemEnterCS = low
        case ModelSpecificRegisters.Index.systemEnterESP: msrs.systemEnterESP = low
        case ModelSpecificRegisters.Index.systemEnterEIP: msrs.systemEnterEIP = low
        case ModelSpecificRegisters.Index.extendedFeatures:
            guard value & ~1 == 0 else { throw .generalProtection(0, .reservedBits) }
            msrs.extendedFeatures = low
        default: msrs.systemCallTarget = value
        }
    }
}
