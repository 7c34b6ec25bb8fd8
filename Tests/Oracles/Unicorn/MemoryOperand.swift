import X86

/// A memory operand: the ModR/M byte with an empty reg field, SIB and displacement, and the address that they make.
struct MemoryOperand {
    var encoded: [UInt8] = []
    var prefixes: [UInt8] = []
    var address: UInt32
}

extension CaseBuilder {
    /// Chooses an address and a way to write it, and sets registers so that the one yields the other.
    /// - Parameter isWritten: not through CS then, which Unicorn would allow.
    mutating func memoryOperand(_ size: Int, isWritten: Bool = true) -> MemoryOperand {
        let address = operandAddress(size)
        var operand = MemoryOperand(address: address)
        if address < 0x1_0000, random.oneIn(4) {
            operand.encoded = narrowForm(address)
            operand.prefixes.append(0x67)
        } else {
            operand.encoded = wideForm(address)
        }
        if random.oneIn(6) { operand.prefixes.append(segmentPrefix(isWritten: isWritten)) }
        put(edgeBytes(size), at: address)
        return operand
    }

    /// All segments are flat here: ES, SS, DS, FS, GS, and CS to read from.
    mutating func segmentPrefix(isWritten: Bool) -> UInt8 {
        random.pick(isWritten ? [0x26, 0x36, 0x3E, 0x64, 0x65] : [0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65])
    }

    /// Inside the data pages, across their common border, across their ends, or nowhere.
    mutating func operandAddress(_ size: Int) -> UInt32 {
        let before = UInt32(random.below(max(1, size - 1)) + 1)
        switch random.below(24) {
        case 0, 1: return GuestCase.dataAddress + 0x1000 - before
        case 2: return GuestCase.dataEnd - before
        case 3: return GuestCase.dataAddress - before
        case 4: return random.pick([0x5123, 0x7000, 0xA000, 0xBFFE, 0x1234_5678, 0x7FFF_FFFC, 0x8000_0000])
        default: return GuestCase.dataAddress + UInt32(random.below(Int(GuestCase.dataSize) - size))
        }
    }

    // MARK: - 32-bit addresses

    private mutating func wideForm(_ address: UInt32) -> [UInt8] {
        let form = isSequence ? 0 : random.below(5)
        switch form {
        case 0: return [0x05] + littleEndian(address, 4)
        case 1: return withoutBase(address)
        default: return withBase(address, index: form == 2 ? nil : random.pick([0, 1, 2, 3, 5, 6, 7]))
        }
    }

    /// SIB with a scaled index, or with none, and a displacement of 32 bits.
    private mutating func withoutBase(_ address: UInt32) -> [UInt8] {
        let index = registerNumber()  // 4 means none
        let scale = UInt8(random.below(4))
        let sum = index == 4 ? 0 : guest.registers[Int(index)] << UInt32(scale)
        return [0x04, scale << 6 | index << 3 | 5] + littleEndian(address &- sum, 4)
    }

    private mutating func withBase(_ address: UInt32, index: UInt8?) -> [UInt8] {
        let base = registerNumber()
        let scale = UInt8(random.below(4))
        let scaled = index.map { guest.registers[Int($0)] << UInt32(scale) } ?? 0
        let needsSIB = index != nil || base == 4
        let tail: [UInt8] = needsSIB ? [scale << 6 | (index ?? 4) << 3 | base] : []
        let low: UInt8 = needsSIB ? 4 : base
        let canSteer = !pinned.contains(base) && base != index && base != 4
        guard canSteer, random.oneIn(2) else {
            return [0x80 | low] + tail + littleEndian(address &- scaled &- guest.registers[Int(base)], 4)
        }
        if base != 5, random.oneIn(2) {  // EBP without displacement does not exist.
            guest.registers[Int(base)] = address &- scaled
            pinned.formUnion([base, index ?? base])
            return [low] + tail
        }
        let displacement = Int8(truncatingIfNeeded: random.next() >> 7)
        guest.registers[Int(base)] = address &- scaled &- UInt32(bitPattern: Int32(displacement))
        pinned.formUnion([base, index ?? base])
        return [0x40 | low] + tail + [UInt8(bitPattern: displacement)]
    }

    // MARK: - 16-bit addresses

    /// The base and index registers of each r/m (SDM vol. 2, table 2-1).
    private static let narrowRegisters: [[UInt8]] = [[3, 6], [3, 7], [5, 6], [5, 7], [6], [7], [5], [3]]

    private mutating func narrowForm(_ address: UInt32) -> [UInt8] {
        if isSequence || random.oneIn(4) { return [0x06] + littleEndian(address, 2) }
        let choice = registerNumber()
        let registers = Self.narrowRegisters[Int(choice)]
        let others = registers.dropFirst().reduce(UInt32(0)) { $0 &+ guest.registers[Int($1)] }
        let base = registers[0]
        guard !pinned.contains(base), random.oneIn(2) else {
            return [0x80 | choice] + littleEndian(address &- others &- guest.registers[Int(base)], 2)
        }
        let displacement = Int8(truncatingIfNeeded: random.next() >> 7)
        let value = address &- others &- UInt32(bitPattern: Int32(displacement))
        guest.registers[Int(base)] = guest.registers[Int(base)] & 0xFFFF_0000 | value & 0xFFFF
        pinned.formUnion(registers)
        return [0x40 | choice, UInt8(bitPattern: displacement)]
    }
}
