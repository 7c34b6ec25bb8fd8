import X86

/// Writes one random case: instructions as bytes, and a state in which they do something worth comparing.
///
/// The bytes are put together here, by the manual's opcode tables, and not by our assembler, so that a mistake in
/// Zydis' idea of an instruction would show as well.
struct CaseBuilder {
    var random: SeededNumbers
    var guest: GuestCase
    /// Registers whose values the instruction depends on; a memory operand's address leaves them alone.
    var pinned: Set<UInt8> = []
    /// In a sequence nothing is known about registers but the stack pointer's neighbourhood, so that memory
    /// operands have absolute addresses.
    let isSequence: Bool

    init(seed: UInt64, isSequence: Bool = false) {
        random = SeededNumbers(seed: seed)
        self.isSequence = isSequence
        guest = GuestCase(code: [])
        guest.isSingle = !isSequence
        // Of a fault within a sequence Unicorn shows flags older or newer than the instruction, IOPL and TF included.
        guest.undefinedOnTheWay = isSequence ? .max : 0
        guest.registers = (0..<8).map { _ in edgeValue(width: 4) }
        guest.registers[Int(Register.esp.rawValue)] = stackAddress()
        guest.eflags = randomFlags()
    }

    /// Any of the flags that ring-3 code can set without consequences here: no TF, and alignment is not checked.
    private mutating func randomFlags() -> UInt32 {
        let choices = Flags.status | Flags.direction | Flags.alignmentCheck | Flags.identification | Flags.nestedTask
        let often = UInt32(truncatingIfNeeded: random.next() >> 20)
        return often & choices | Flags.interrupt | Flags.reserved
    }

    private mutating func stackAddress() -> UInt32 {
        switch random.below(16) {
        case 0: GuestCase.dataAddress + UInt32(random.below(24))
        case 1: GuestCase.dataEnd - UInt32(random.below(24))
        case 2: GuestCase.dataAddress + 0x1000 - 16 + UInt32(random.below(32))
        case 3: 0xB000
        default: GuestCase.dataAddress + 0x200 + UInt32(random.below(0x700)) * 4
        }
    }

    /// A value at which arithmetic changes its ways, or a random one.
    mutating func edgeValue(width: Int) -> UInt32 {
        let edges: [UInt32] = [
            0, 1, 2, 9, 0xA, 0x0F, 0x10, 0x7F, 0x80, 0x81, 0x99, 0x9A, 0xFE, 0xFF, 0x100, 0x7FFF, 0x8000, 0x8001,
            0xFFFF,
            0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF_FF80, 0xFFFF_8000, 0xFFFF_FFFE, 0xFFFF_FFFF,
        ]
        let mask: UInt32 = width == 4 ? .max : width == 2 ? 0xFFFF : 0xFF
        return random.oneIn(2) ? random.pick(edges) & mask : UInt32(truncatingIfNeeded: random.next() >> 13) & mask
    }

    mutating func edgeBytes(_ count: Int) -> [UInt8] {
        let value = UInt64(edgeValue(width: 4)) | UInt64(edgeValue(width: 4)) << 32
        let isSmall = random.oneIn(3)
        return (0..<count).map { index in
            if index < 8 { return UInt8(truncatingIfNeeded: value >> (8 * index)) }
            return isSmall ? 0 : UInt8(truncatingIfNeeded: random.next() >> 9)
        }
    }

    /// Fixes a register's value.
    mutating func pin(_ register: Register, to value: UInt32) {
        guest.registers[Int(register.rawValue)] = value
        pinned.insert(register.rawValue)
    }

    mutating func pin(_ register: Register) { pinned.insert(register.rawValue) }

    /// Puts bytes into memory, as far as it is mapped.
    mutating func put(_ bytes: [UInt8], at address: UInt32) {
        let places = bytes.indices.filter { index in
            GuestCase.dataAddress..<GuestCase.dataEnd ~= address &+ UInt32(index)
        }
        guard let first = places.first, let last = places.last else { return }
        guest.contents.append(.init(address: address &+ UInt32(first), bytes: Array(bytes[first...last])))
    }

    /// An operand width, 32 bits most often.
    mutating func operandWidth(byteToo: Bool = true) -> Int {
        random.pick(byteToo ? [1, 2, 4, 4] : [2, 4, 4])
    }

    /// Any register; in a sequence not ESP, which has to stay where it is.
    mutating func registerNumber() -> UInt8 {
        let number = UInt8(random.below(8))
        return isSequence && number == Register.esp.rawValue ? 0 : number
    }

    func littleEndian(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    mutating func immediate(_ count: Int) -> [UInt8] { littleEndian(edgeValue(width: 4), count) }

    /// Notes what becomes of the flags; after several instructions only what all of them left defined is compared.
    mutating func flags(defined: UInt32 = Flags.status, undefined: UInt32 = 0) {
        guest.undefinedFlags = guest.undefinedFlags & ~defined | undefined
        guest.undefinedOnTheWay |= guest.undefinedFlags
    }
}
