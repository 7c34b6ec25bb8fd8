import X86

/// Gates, task states and segments for tests of far transfers, in the free entries of ``TestMachine``'s GDT.
extension TestMachine {
    /// A call gate; its selector names the entry.
    func setCallGate(
        _ selector: UInt16, to target: UInt16 = 0x08, _ offset: UInt32 = TestMachine.handler(0x40), dpl: UInt64 = 3,
        parameters: UInt64 = 0, is32Bit: Bool = true, isPresent: Bool = true
    ) {
        let access = (isPresent ? 0x80 : 0) | dpl << 5 | (is32Bit ? 0xC : 0x4)
        let upper = UInt64(offset & 0xFFFF_0000) | access << 8 | parameters
        setDescriptor(selector, upper << 32 | UInt64(target) << 16 | UInt64(offset & 0xFFFF))
    }

    /// A task gate in the GDT.
    func setTaskGate(_ selector: UInt16, to task: UInt16, dpl: UInt64 = 3, isPresent: Bool = true) {
        setDescriptor(selector, ((isPresent ? 0x80 : 0) | dpl << 5 | 5) << 40 | UInt64(task) << 16)
    }

    /// A gate of any type in the IDT.
    func setGate(_ vector: UInt8, type: UInt32, dpl: UInt32 = 3, to selector: UInt32, _ offset: UInt32 = 0) {
        store(selector << 16 | offset & 0xFFFF, at: Place.idt + 8 * UInt32(vector))
        store(offset & 0xFFFF_0000 | (0x80 | dpl << 5 | type) << 8, at: Place.idt + 8 * UInt32(vector) + 4)
    }

    /// A TSS descriptor, and in its TSS a task in flat segments of `ring`.
    func setTask(
        _ selector: UInt16, at base: UInt32, eip: UInt32 = TestMachine.handler(0x41), ring: UInt32 = 0,
        dpl: UInt64 = 0, is32Bit: Bool = true
    ) {
        let access = 0x80 | dpl << 5 | (is32Bit ? 0x9 : 0x1)
        setDescriptor(selector, access << 40 | UInt64(base) << 16 | (is32Bit ? 0x67 : 0x2B))
        let code: UInt32 = ring == 3 ? 0x1B : 0x08
        let data: UInt32 = ring == 3 ? 0x23 : 0x10
        let width: UInt32 = is32Bit ? 4 : 2
        let first = base + (is32Bit ? 0x20 : 0x0E)
        let registers = (0..<8).map { UInt32(0x1110 + $0) }
        let values = [eip, 2] + registers + [data, code, data, data] + (is32Bit ? [data, data] : []) + [0]
        for (index, value) in values.enumerated() {
            storeField(value, at: first + width * UInt32(index), width)
        }
        storeField(0x6000, at: first + width * 6, width)  // ESP
        guard is32Bit else { return }
        store(Place.directory, at: base + 0x1C)
        store(0x68 << 16, at: base + 0x64)
    }

    func storeField(_ value: UInt32, at address: UInt32, _ width: UInt32) {
        load((0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }, at: address)
    }

    func half(at address: UInt32) -> UInt16 { UInt16(truncatingIfNeeded: word(at: address)) }

    /// Whether a TSS is marked busy.
    func isBusy(_ selector: UInt16) -> Bool { word(at: Place.gdt + UInt32(selector) + 4) & 0x200 != 0 }

    /// Whether the first exception of the last step came before anything was changed.
    var isRefusedCleanly: Bool {
        let before = effects.prefix { if case .raise = $0 { false } else { true } }
        return before.count < effects.count
            && before.allSatisfy {
                switch $0 {
                case .write, .loadSegment, .changeRing, .changeFlags, .switchStack, .switchTask, .writeControl: false
                default: true
                }
            }
    }
}
