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
        tlb.flush()
        let new = controlRegister(Int(instruction.special)) ?? value
        tracer.record(.writeControl(index: instruction.special, old: old, new: new))
    }

    private mutating func setCR0(_ value: UInt32) throws(Exception) {
        let pages = value & ControlRegisters.paging != 0
        if pages, value & ControlRegisters.protectionEnable == 0 { throw .generalProtection(0, .reservedBits) }
        guard value & ControlRegisters.protectionEnable != 0 else {
            throw .invalidOpcode(.notImplemented(what: "real mode (CR0.PE = 0)"))
        }
        control.cr0 = value & ControlRegisters.definedCR0 | ControlRegisters.extensionType
    }

    private mutating func setCR4(_ value: UInt32) throws(Exception) {
        guard value & ~ControlRegisters.definedCR4 == 0 else { throw .generalProtection(0, .reservedBits) }
        guard value & 0x20 == 0 else { throw .invalidOpcode(.notImplemented(what: "PAE (CR4.PAE)")) }
        if value & ControlRegisters.pageSizeExtension != 0, !model.has(CPUModel.Feature.pageSizeExtension) {
            throw .generalProtection(0, .reservedBits)
        }
        control.cr4 = value
    }

    mutating func moveFromDebug(_ instruction: Instruction) throws(Exception) {
        try requireRingZero()
        general[instruction.destination.code] = debugRegisters[Self.debugNumber(instruction.special)]
    }

    /// DR4 and DR5 are other names of DR6 and DR7 while CR4.DE is clear.
    private static func debugNumber(_ number: UInt8) -> Int { number == 4 || number == 5 ? Int(number) + 2 : Int(number & 7) }

    mutating func moveToDebug(_ instruction: Instruction) throws(Exception) {
        try requireRingZero()
        let number = Self.debugNumber(instruction.special)
        let value = general[instruction.source.code]
        if number == 7, value & 0xFF != 0 {
            throw .invalidOpcode(.notImplemented(what: "a hardware breakpoint (DR7)"))
        }
        debugRegisters[number] = number == 7 ? value | 0x400 : value
    }

    /// LGDT and LIDT: limit, then base; a 16-bit operand loads 24 bits of the base.
    mutating func loadTable<T: Tracer>(
        _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) -> TableRegister {
        guard instruction.destination.isMemory else { throw .invalidOpcode(.memoryOperandOnly) }
        try requireRingZero()
        let address = effectiveAddress(instruction)
        let limit = try read(UInt16.self, instruction.segment, address, &tracer)
        let base = try read(UInt32.self, instruction.segment, address &+ 2, &tracer)
        return TableRegister(base: instruction.width == 2 ? base & 0xFF_FFFF : base, limit: limit)
    }

    mutating func storeTable<T: Tracer>(
        _ table: TableRegister, _ instruction: Instruction, _ tracer: inout T
    ) throws(Exception) {
        guard instruction.destination.isMemory else { throw .invalidOpcode(.memoryOperandOnly) }
        let address = effectiveAddress(instruction)
        let linear = try linear(instruction.segment, address, 6, isWrite: true)
        try probeWrite(linear, size: 6, user: cpl == 3, &tracer)
        try write(table.limit, instruction.segment, address, &tracer)
        try write(table.base, instruction.segment, address &+ 2, &tracer)
    }

    /// LTR: an available TSS of the GDT, marked busy from now on.
    mutating func loadTask<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try requireRingZero()
        let selector: UInt16 = try load(instruction.destination, instruction, &tracer)
        let code = UInt32(selector & ~3)
        guard selector & 4 == 0 else { throw .generalProtection(code, .selectorOutsideTable) }
        let (descriptor, address) = try readDescriptor(selector, fault: .generalProtection, &tracer)
        guard !descriptor.isCodeOrData, descriptor.type == 0x9 || descriptor.type == 0x1 else {
            throw .generalProtection(code, .segmentType)
        }
        guard descriptor.isPresent else {
            throw Exception(.segmentNotPresent, errorCode: code, .segmentAbsent)
        }
        let busy = Descriptor(raw: descriptor.raw | 1 << 41)
        try writeLinear(UInt8(truncatingIfNeeded: busy.raw >> 40), address &+ 5, user: false, &tracer)
        taskRegister = SegmentRegister(selector: selector, busy)
    }

    mutating func loadLocalTable<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        try requireRingZero()
        let selector: UInt16 = try load(instruction.destination, instruction, &tracer)
        guard selector & ~3 != 0 else {
            localTable = .null
            return
        }
        let code = UInt32(selector & ~3)
        guard selector & 4 == 0 else { throw .generalProtection(code, .selectorOutsideTable) }
        let (descriptor, _) = try readDescriptor(selector, fault: .generalProtection, &tracer)
        guard !descriptor.isCodeOrData, descriptor.type == 2 else { throw .generalProtection(code, .segmentType) }
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
        control.cr0 = control.cr0 & ~0xE | UInt32(value & 0xF) | control.cr0 & 1
    }

    mutating func invalidatePage(_ instruction: Instruction) throws(Exception) {
        guard instruction.destination.isMemory else { throw .invalidOpcode(.memoryOperandOnly) }
        try requireRingZero()
        let base = segments[Int(instruction.segment.rawValue)].base
        tlb.flush(page: (base &+ effectiveAddress(instruction)) >> 12)
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
        general[.eax] = UInt32(truncatingIfNeeded: instructionCount)
        general[.edx] = UInt32(truncatingIfNeeded: instructionCount >> 32)
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

    /// A register that this model has, or `nil`.
    func readMSR(_ index: UInt32) -> UInt64? {
        switch index {
        case ModelSpecificRegisters.Index.timeStampCounter: instructionCount
        case ModelSpecificRegisters.Index.systemEnterCS where model.hasSystemEnter: UInt64(msrs.systemEnterCS)
        case ModelSpecificRegisters.Index.systemEnterESP where model.hasSystemEnter: UInt64(msrs.systemEnterESP)
        case ModelSpecificRegisters.Index.systemEnterEIP where model.hasSystemEnter: UInt64(msrs.systemEnterEIP)
        case ModelSpecificRegisters.Index.extendedFeatures where model.hasSystemCall: UInt64(msrs.extendedFeatures)
        case ModelSpecificRegisters.Index.systemCallTarget where model.hasSystemCall: msrs.systemCallTarget
        default: nil
        }
    }

    private mutating func writeMSR(_ index: UInt32, _ value: UInt64) throws(Exception) {
        let low = UInt32(truncatingIfNeeded: value)
        switch index {
        case ModelSpecificRegisters.Index.timeStampCounter: instructionCount = value
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
