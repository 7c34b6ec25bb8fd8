/// Bursts: plain instructions one after the other, as long as nothing can come between them.
///
/// A burst stays within the open page of code. It leaves every instruction that is not plain, that could fault, or
/// that needs a page walk to an ordinary step, which begins with the registers that the burst has left. So nothing
/// here raises an exception, and nothing that a plain instruction does can change what was found at the beginning:
/// ring, segments, paging, `attention`.
extension CPU {
    /// Executes up to `limit` plain instructions, and stops before the one at `stop`.
    /// - Returns: how many were executed; none if the next instruction needs an ordinary step.
    @inline(never)
    mutating func burst<T: BurstTracer>(atMost limit: Int, until stop: UInt32?, _ tracer: inout T) -> Int {
        guard let slots = window.slots(at: eip), let data = plainData() else { return 0 }
        let page = eip & ~0xFFF
        let stop = stop.map { $0 &- page } ?? .max
        let general = self.general.view
        var flags = self.flags
        var offset = eip & 0xFFF
        var count = 0
        loop: while count < limit, offset < 0x1000, offset != stop {
            let instruction = slots + Int(offset)
            let form = instruction.pointee.plain
            tracer.begin(general, eip: page &+ offset, flags: flags, boundary: boundary)
            var next = offset &+ UInt32(form.length)
            switch form.operation {
            case .none: break loop
            case .skip: break
            case .move: general[form.destination] = general.value(instruction)
            case .add: general.apply(Add.self, form.destination, general.value(instruction), &flags)
            case .or: general.apply(Or.self, form.destination, general.value(instruction), &flags)
            case .adc: general.apply(AddWithCarry.self, form.destination, general.value(instruction), &flags)
            case .sbb: general.apply(SubtractWithBorrow.self, form.destination, general.value(instruction), &flags)
            case .and: general.apply(And.self, form.destination, general.value(instruction), &flags)
            case .sub: general.apply(Subtract.self, form.destination, general.value(instruction), &flags)
            case .xor: general.apply(ExclusiveOr.self, form.destination, general.value(instruction), &flags)
            case .compare: _ = Subtract.apply(general[form.destination], general.value(instruction), &flags)
            case .test: _ = And.apply(general[form.destination], general.value(instruction), &flags)
            case .increment: general.apply(Increment.self, form.destination, &flags)
            case .decrement: general.apply(Decrement.self, form.destination, &flags)
            case .negate: general.apply(Negate.self, form.destination, &flags)
            case .complement: general.apply(Complement.self, form.destination, &flags)
            case .rol: general.shift(RotateLeft.self, form.destination, general.value(instruction), &flags)
            case .ror: general.shift(RotateRight.self, form.destination, general.value(instruction), &flags)
            case .shl: general.shift(ShiftLeft.self, form.destination, general.value(instruction), &flags)
            case .shr: general.shift(ShiftRight.self, form.destination, general.value(instruction), &flags)
            case .sar: general.shift(ShiftArithmeticRight.self, form.destination, general.value(instruction), &flags)
            case .address: general[form.destination] = general.address(instruction)
            case .load:
                guard let value = data.read(general.address(instruction), &tracer) else { break loop }
                general[form.destination] = value
            case .store:
                let address = general.address(instruction)
                guard data.write(general.value(instruction), address, decoded, &tracer) else { break loop }
            case .compareMemory:
                guard let left = data.read(general.address(instruction), &tracer) else { break loop }
                _ = Subtract.apply(left, general.value(instruction), &flags)
            case .testMemory:
                guard let left = data.read(general.address(instruction), &tracer) else { break loop }
                _ = And.apply(left, general.value(instruction), &flags)
            case .push:
                let pointer = general[.esp] &- 4
                guard data.write(general.value(instruction), pointer, decoded, &tracer) else { break loop }
                general[.esp] = pointer
            case .pop:
                guard let value = data.read(general[.esp], &tracer) else { break loop }
                general[.esp] = general[.esp] &+ 4
                general[form.destination] = value
            case .call:
                let pointer = general[.esp] &- 4
                let target = next &+ instruction.pointee.immediate
                guard data.write(page &+ next, pointer, decoded, &tracer) else { break loop }
                general[.esp] = pointer
                next = target
            case .ret:
                guard let target = data.read(general[.esp], &tracer) else { break loop }
                general[.esp] = general[.esp] &+ 4
                next = target &- page
            case .jump: next = next &+ instruction.pointee.immediate
            case .jumpIf:
                if Flags.satisfy(instruction.pointee.condition, flags) { next = next &+ instruction.pointee.immediate }
            }
            offset = next
            count &+= 1
            tracer.commit()
        }
        self.flags = flags
        eip = page &+ offset
        instructionCount &+= UInt64(count)
        return count
    }

    /// Nothing if segments or alignment must be checked.
    @inline(__always)
    private mutating func plainData() -> PlainData? {
        guard segments[.ds].isFlatWritable, segments[.ss].isFlatWritable, segments[.ss].is32Bit else { return nil }
        let isUser = cpl == 3
        guard !isUser || flags & Flags.alignmentCheck == 0 else { return nil }
        return PlainData(
            tlb: tlb.view, memory: physical.view, readable: isUser ? .userRead : .supervisorRead,
            writable: isUser ? .userWrite : .supervisorWrite)
    }
}

/// A tracer that may want to know where each instruction of a burst begins and ends.
protocol BurstTracer: Tracer {
    /// An instruction may be about to execute; if the burst leaves it to an ordinary step, `commit` does not follow.
    mutating func begin(_ general: RegisterFile.View, eip: UInt32, flags: UInt32, boundary: InstructionBoundary)

    /// The instruction that was begun has been executed.
    mutating func commit()
}

extension BurstTracer {
    @inline(__always)
    mutating func begin(_: RegisterFile.View, eip: UInt32, flags: UInt32, boundary: InstructionBoundary) {}

    @inline(__always)
    mutating func commit() {}
}

extension NoTracer: BurstTracer {}
extension EffectRecorder: BurstTracer {}
extension JournalRecorder: BurstTracer {}

/// How a burst reaches memory: doublewords behind translations that the TLB has, in flat data and stack segments.
private struct PlainData {
    let tlb: TLB.View
    let memory: PhysicalMemory.View
    let readable: TLB.Rights
    let writable: TLB.Rights

    /// Where a doubleword lies in RAM, or nothing if it takes more than a glance at the TLB to say.
    @inline(__always)
    private func place(_ linear: UInt32, _ rights: TLB.Rights) -> UInt32? {
        let entry = tlb[linear >> 12]
        guard entry.page == linear >> 12, !entry.rights.isDisjoint(with: rights) else { return nil }
        guard linear & 0xFFF <= 0xFFC, entry.frame < memory.size else { return nil }
        return entry.frame | linear & 0xFFF
    }

    @inline(__always)
    func read<T: Tracer>(_ linear: UInt32, _ tracer: inout T) -> UInt32? {
        guard let place = place(linear, readable) else { return nil }
        let value = memory.load(at: place)
        tracer.record(.read(address: linear, size: 4, value: UInt64(value), purpose: .operand))
        return value
    }

    @inline(__always)
    func write<T: Tracer>(
        _ value: UInt32, _ linear: UInt32, _ decoded: borrowing DecodeCache, _ tracer: inout T
    ) -> Bool {
        guard let place = place(linear, writable) else { return false }
        tracer.record(.write(address: linear, size: 4, old: UInt64(memory.load(at: place)), new: UInt64(value)))
        tracer.willOverwrite(.memory(address: place, size: 4, old: UInt64(memory.load(at: place))))
        memory.store(value, at: place)
        decoded.noteWrite(at: place, size: 4)
        return true
    }
}

extension RegisterFile.View {
    /// The value operand of a plain instruction.
    @inline(__always)
    fileprivate func value(_ instruction: UnsafePointer<Instruction>) -> UInt32 {
        self[instruction.pointee.plain.source] &+ instruction.pointee.immediate
    }

    /// The effective address of a memory operand with 32-bit addressing.
    @inline(__always)
    fileprivate func address(_ instruction: UnsafePointer<Instruction>) -> UInt32 {
        let scaled = self[instruction.pointee.index] &<< UInt32(instruction.pointee.scale)
        return self[instruction.pointee.base] &+ scaled &+ instruction.pointee.displacement
    }

    @inline(__always)
    fileprivate func apply<Op: BinaryOperation>(
        _: Op.Type, _ register: UInt8, _ value: UInt32, _ flags: inout UInt32
    ) {
        self[register] = Op.apply(self[register], value, &flags)
    }

    @inline(__always)
    fileprivate func apply<Op: UnaryOperation>(_: Op.Type, _ register: UInt8, _ flags: inout UInt32) {
        self[register] = Op.apply(self[register], &flags)
    }

    @inline(__always)
    fileprivate func shift<Op: ShiftOperation>(
        _: Op.Type, _ register: UInt8, _ value: UInt32, _ flags: inout UInt32
    ) {
        let count = value & 31
        if count != 0 { self[register] = Op.apply(self[register], count, &flags) }
    }
}
