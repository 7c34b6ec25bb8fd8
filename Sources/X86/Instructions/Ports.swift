/// IN and OUT. The only device is the debug console at port E9h; elsewhere reads give ones, writes vanish.
extension CPU {
    mutating func input<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let port = portNumber(instruction.source, instruction)
        try permitPort(port, size: instruction.width, &tracer)
        setAccumulator(readPort(port, size: instruction.width, &tracer), instruction.width)
    }

    mutating func output<T: Tracer>(_ instruction: Instruction, _ tracer: inout T) throws(Exception) {
        let port = portNumber(instruction.destination, instruction)
        try permitPort(port, size: instruction.width, &tracer)
        writePort(port, general[.eax], size: instruction.width, &tracer)
    }

    /// DX or the immediate byte.
    private mutating func portNumber(_ operand: Operand, _ instruction: Instruction) -> UInt16 {
        UInt16(truncatingIfNeeded: operand.isRegister ? general[.edx] : instruction.immediate & 0xFF)
    }

    func readPort<T: Tracer>(_ port: UInt16, size: UInt8, _ tracer: inout T) -> UInt32 {
        // Both Bochs and QEMU answer E9h itself: a guest can tell that somebody is listening.
        let value: UInt32 = port == DebugConsole.port && size == 1 ? 0xE9 : .max >> (32 - 8 * UInt32(size))
        tracer.record(.input(port: port, size: size, value: value))
        return value
    }

    mutating func writePort<T: Tracer>(_ port: UInt16, _ value: UInt32, size: UInt8, _ tracer: inout T) {
        let value = value & .max >> (32 - 8 * UInt32(size))
        tracer.record(.output(port: port, size: size, value: value))
        if port == DebugConsole.port { console.append(UInt8(truncatingIfNeeded: value)) }
    }

    /// With CPL > IOPL the bitmap in the TSS decides, one bit for each port (SDM vol. 1, 18.5.2).
    mutating func permitPort<T: Tracer>(_ port: UInt16, size: UInt8, _ tracer: inout T) throws(Exception) {
        guard UInt32(cpl) > (flags & Flags.ioPrivilege) >> 12 else { return }
        guard try portBits(port, &tracer) & (1 << UInt16(size) - 1) == 0 else {
            throw .generalProtection(0, .inputOutputPrivilege)
        }
    }

    /// The bitmap from the port's bit on: two bytes are read, so that four ports in a row are covered. What
    /// lies behind the TSS's limit counts as ones.
    private mutating func portBits<T: Tracer>(_ port: UInt16, _ tracer: inout T) throws(Exception) -> UInt16 {
        guard taskRegister.limit >= Self.bitmapField + 1 else { return .max }
        let base = taskRegister.base
        let start = try readLinear(
            UInt16.self, base &+ Self.bitmapField, user: false, purpose: .taskState, &tracer)
        let offset = UInt32(start) + UInt32(port) / 8
        guard offset + 1 <= taskRegister.limit else { return .max }
        let bits = try readLinear(UInt16.self, base &+ offset, user: false, purpose: .taskState, &tracer)
        return bits >> (port & 7)
    }

    /// Offset of the bitmap's own offset in the TSS (SDM vol. 3, 7.2.1).
    private static let bitmapField: UInt32 = 0x66
}
