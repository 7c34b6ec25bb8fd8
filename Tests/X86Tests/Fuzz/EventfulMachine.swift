import X86

/// Random programs in which much happens between instructions: breakpoints, traps, interrupts, gates and tasks.
extension TestMachine {
    /// A machine about to execute random bytes and instructions, with random breakpoints, flags, gates and tasks.
    static func eventful(
        _ generator: inout SeededGenerator, model: String = "pentium3", ring: Int, paging: Bool
    ) throws -> TestMachine {
        let setup = Bool.random(using: &generator) ? breakpoints(&generator, model: model) : ""
        let machine = try random(&generator, model: model, ring: ring, paging: paging, setup: setup)
        machine.load(RandomCode.bytes(512, &generator), at: Place.code)
        if Int.random(in: 0..<4, using: &generator) != 0 { machine.eflags &= ~Flags.trap }
        machine.installEventTables(&generator)
        return machine
    }

    /// Arms DR0 to DR3 in code or data that the setup itself does not touch.
    private static func breakpoints(_ generator: inout SeededGenerator, model: String) -> String {
        var lines = (0..<4).map { number in
            let place = Bool.random(using: &generator) ? Place.code : Place.data
            return "mov eax, \(place + UInt32.random(in: 0..<0x80, using: &generator))\nmov dr\(number), eax"
        }
        let hasExtensions = (CPUModel.named(model)?.features ?? 0) & 4 != 0
        if hasExtensions, Bool.random(using: &generator) { lines.append("mov eax, 8\nmov cr4, eax") }
        let control = UInt32.random(in: 0...UInt32.max, using: &generator) & ~Debug.guarded
        return (lines + ["mov eax, \(control)", "mov dr7, eax"]).joined(separator: "\n")
    }

    /// Selectors 30h to 58h: two tasks, a task gate and call gates; vectors 30h and 31h: a task gate and an interrupt
    /// gate. Handlers of vectors from 20h on return at once.
    private func installEventTables(_ generator: inout SeededGenerator) {
        for vector in UInt8(0x20)..<0x7F { load([0xCF], at: TestMachine.handler(vector)) }
        let entry = Place.code + UInt32.random(in: 0..<400, using: &generator)
        setTask(0x30, at: 0x2_4000, eip: entry, ring: UInt32.random(in: 0...1, using: &generator) * 3, dpl: 3)
        setTask(0x38, at: 0x2_5000, eip: entry & 0xFFFF, dpl: 3, is32Bit: Bool.random(using: &generator))
        if Bool.random(using: &generator) { store(0x68_0001, at: 0x2_4064) }  // the T flag
        setTaskGate(0x40, to: 0x30)
        setCallGate(0x48, parameters: UInt64.random(in: 0...31, using: &generator))
        setCallGate(0x50, parameters: UInt64.random(in: 0...31, using: &generator), is32Bit: false)
        store([0x30, 0x38].randomElement(using: &generator) ?? 0, at: Place.taskState)
        setGate(0x30, type: 5, to: 0x30)
        setGate(0x31, dpl: 3)
    }

    /// Asks for an interrupt now and then.
    func interruptAtRandom(_ generator: inout SeededGenerator) {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: requestInterrupt(UInt8.random(in: 0...255, using: &generator))
        case 1: requestInterrupt(UInt8.random(in: 0x2D...0x32, using: &generator))
        case 2: requestNMI()
        default: break
        }
    }
}

/// Machine code: random bytes, instructions that bursts execute, and those that cause events.
private enum RandomCode {
    static func bytes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        var code: [UInt8] = []
        while code.count < count {
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: code += random(Int.random(in: 1...6, using: &generator), &generator)
            case 1, 2: code += eventful(&generator)
            default: code += plain(&generator)
            }
        }
        return Array(code.prefix(count))
    }

    private static func random(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private static func plain(_ generator: inout SeededGenerator) -> [UInt8] {
        let register = UInt8.random(in: 0..<8, using: &generator)
        let data = address(TestMachine.Place.data, &generator)
        let shortJump = UInt8(Int.random(in: 2...20, using: &generator))
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return [0xB8 | register] + data
        case 1: return [0x01 | UInt8.random(in: 0..<8, using: &generator) << 3, 0xC0 | register]
        case 2: return [0x40 | UInt8.random(in: 0..<16, using: &generator)]
        case 3: return [0x50 | UInt8.random(in: 0..<16, using: &generator)]
        case 4: return [0x89, register << 3 | 5] + data
        case 5: return [0x8B, register << 3 | 5] + data
        case 6: return [0x70 | UInt8.random(in: 0..<16, using: &generator), shortJump]
        case 7: return [0xE8, shortJump, 0, 0, 0]
        case 8: return [0xE2, 0xF0]  // back with LOOP
        case 9: return [0xC7, 5] + data + data
        case 10: return [0xA3] + address(TestMachine.Place.code, &generator)  // into the code
        default: return [0xC1, 0xC0 | UInt8.random(in: 0..<64, using: &generator), register]
        }
    }

    private static func address(_ base: UInt32, _ generator: inout SeededGenerator) -> [UInt8] {
        let address = base + UInt32.random(in: 0..<0x200, using: &generator)
        return (0..<4).map { UInt8(truncatingIfNeeded: address >> (8 * $0)) }
    }

    private static let instructions: [[UInt8]] = [
        [0xCF], [0xCB], [0x9C], [0x9D], [0xFB], [0xFA], [0xF4], [0xF1], [0xCC], [0xCE], [0xCD, 0x2E], [0xCD, 0x2D],
        [0xCD, 0x30], [0xCD, 0x31], [0x8E, 0xD0], [0x16, 0x17], [0x17], [0xF3, 0xA5], [0xF3, 0xAA], [0xF2, 0xA6],
        [0xF3, 0x6E], [0xE4, 0x21], [0xEE], [0x0F, 0x34], [0x0F, 0x35], [0x0F, 0x05], [0x0F, 0x07], [0x0F, 0x30],
        [0x0F, 0x32], [0x0F, 0x31], [0x0F, 0x00, 0xD8], [0x0F, 0x00, 0xD0], [0x0F, 0x06], [0x0F, 0x01, 0x38],
        [0x68, 0x02, 0x41, 0, 0, 0x9D], [0x68, 0x02, 0x03, 1, 0, 0x9D], [0x0F, 0xA2], [0xC8, 8, 0, 2], [0xC9],
    ]

    private static func eventful(_ generator: inout SeededGenerator) -> [UInt8] {
        let number = UInt8.random(in: 0..<8, using: &generator) << 3
        switch Int.random(in: 0..<12, using: &generator) {
        case 0, 1:
            let selector = UInt8.random(in: 5...11, using: &generator) << 3
            let call: UInt8 = Bool.random(using: &generator) ? 0x9A : 0xEA
            return [call, 0, 0, 0, 0, selector | UInt8.random(in: 0...3, using: &generator), 0]
        case 2: return [0x0F, UInt8.random(in: 0x20...0x23, using: &generator), 0xC0 | number]
        default: return instructions.randomElement(using: &generator) ?? []
        }
    }
}
