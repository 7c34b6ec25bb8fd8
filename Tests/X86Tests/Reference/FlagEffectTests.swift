import Testing
import X86

/// The pages' flags against the processor itself.
@Suite("What a page says about flags is what the processor does")
struct FlagEffectTests {
    private static let prefixes: Set = ["rep", "repe", "repz", "repne", "repnz", "lock"]
    private static let names = InstructionReference.mnemonics.filter { !prefixes.contains($0) }

    private static let corners: [UInt32] = [
        0, 1, 0x10, 0x7F, 0x80, 0x7FFF, 0x8000, 0x7FFF_FFFF, 0x8000_0000, .max,
    ]
    /// TF and RF end with the instruction by themselves, and VM cannot be set.
    private static let watched =
        Flags.status | Flags.interrupt | Flags.direction | Flags.ioPrivilege | Flags.nestedTask
        | Flags.alignmentCheck | Flags.identification

    @Test("Every instruction has a sample")
    func complete() {
        for name in Self.names {
            let others = InstructionReference.named(name)?.otherNames ?? []
            #expect(InstructionSamples.samples(of: name, otherNames: others) != nil, "\(name)")
        }
    }

    @Test("Unchanged flags stay, cleared ones are 0, set ones are 1, computed ones can be both", arguments: names)
    func flags(name: String) throws {
        let page = try #require(InstructionReference.named(name))
        let flags = try #require(page.entries.first).flags
        let samples = try #require(InstructionSamples.samples(of: name, otherNames: page.otherNames))
        var generator = SeededGenerator(seed: 0x464C_4147)
        var record = Record()
        for sample in samples {
            for round in 0..<8 {  // A machine may spoil itself: LGDT, HLT, LMSW.
                let machine = try Self.machine(sample, hasTrapGates: round % 2 == 1)
                for _ in 0..<100 where !machine.isHalted {
                    guard let (old, new) = Self.execute(sample, on: machine, &generator) else { continue }
                    record.add(new)
                    #expect(old & flags.unchanged & Self.watched == new & flags.unchanged & Self.watched, "\(sample)")
                    #expect(new & flags.cleared == 0, "\(sample)")
                    #expect(new & flags.set == flags.set, "\(sample)")
                }
            }
        }
        guard name != "ud2", name != "ud2a" else { return #expect(record.count == 0) }
        #expect(record.count > 0, "no sample of \(name) was ever executed")
        let computed = flags.computed & Self.watched & (name.hasSuffix("w") ? 0xFFFF : .max)  // POPFW, IRETW
        #expect(record.ones & record.zeros & computed == computed, "a computed flag of \(name) never changed")
    }

    private struct Record {
        var count = 0
        var ones: UInt32 = 0
        var zeros: UInt32 = 0

        mutating func add(_ flags: UInt32) {
            count += 1
            ones |= flags
            zeros |= ~flags
        }
    }

    private static func machine(_ sample: String, hasTrapGates: Bool) throws -> TestMachine {
        let machine = try TestMachine(sample, model: "athlon", setup: SystemCallSetup.both)
        machine.setDescriptor(0x30, 0x0000_8900_3000_0067)  // another TSS, for LTR
        for vector in [UInt8(1), 3, 4] where hasTrapGates { machine.setGate(vector, dpl: 3, isTrap: true) }
        return machine
    }

    /// EFLAGS before and after the sample's last line, or `nil` if something on the way faulted.
    private static func execute(
        _ sample: String, on machine: TestMachine, _ generator: inout SeededGenerator
    ) -> (old: UInt32, new: UInt32)? {
        guard machine.cpl == 0 else { return nil }
        func value() -> UInt32 { corners.randomElement(using: &generator) ?? 0 }
        for register in [Register.eax, .ecx, .edx] {
            let anything = UInt32.random(in: 0 ... .max, using: &generator)
            machine[register] = Bool.random(using: &generator) ? value() : anything
        }
        for register in [Register.ebx, .esi, .ebp] { machine[register] = TestMachine.Place.data + 0x800 }
        machine[.edi] = TestMachine.Place.data + 0x804
        machine[.esp] = TestMachine.Place.kernelStack
        for offset in stride(from: UInt32(0x7F8), to: 0x810, by: 4) {
            machine.store(value(), at: TestMachine.Place.data + offset)
        }
        let old = UInt32.random(in: 0 ... .max, using: &generator) & watched | Flags.reserved
        machine.eip = TestMachine.Place.code
        machine.eflags = old
        for _ in sample.split(separator: "\n") where machine.step() != .executed { return nil }
        return (old, machine.eflags)
    }
}
