import Testing
import X86

/// The pages' flags against the processor itself.
@Suite("What a page says about flags is what the processor does")
struct FlagEffectTests {
    @Test("Every instruction has a sample")
    func complete() {
        for name in InstructionSamples.names {
            let others = InstructionReference.named(name)?.otherNames ?? []
            #expect(InstructionSamples.samples(of: name, otherNames: others) != nil, "\(name)")
        }
    }

    @Test(
        "Unchanged flags stay, cleared ones are 0, set ones are 1, computed ones can be both",
        arguments: InstructionSamples.names)
    func flags(name: String) throws {
        let page = try #require(InstructionReference.named(name))
        let flags = try #require(page.entries.first).flags
        let samples = try #require(InstructionSamples.samples(of: name, otherNames: page.otherNames))
        var generator = SeededGenerator(seed: 0x464C_4147)
        var record = Record()
        for sample in samples {
            for round in 0..<4 {  // A machine may spoil itself: LGDT, HLT, LMSW.
                let trial = try InstructionTrial(sample, hasTrapGates: round % 2 == 1)
                for _ in 0..<100 {
                    guard case .completed(let old, let new) = trial.run(&generator) else { continue }
                    record.add(old, new)
                    let stays = flags.unchanged & InstructionTrial.watched
                    #expect(old & stays == new & stays, "\(sample)")
                    #expect(new & flags.cleared == 0, "\(sample)")
                    #expect(new & flags.set == flags.set, "\(sample)")
                }
            }
        }
        guard name != "ud2", name != "ud2a" else { return #expect(record.count == 0) }
        #expect(record.count > 0, "no sample of \(name) was ever executed")
        let width: UInt32 = name.hasSuffix("w") ? 0xFFFF : .max  // POPFW and IRETW reach the lower half only.
        let computed = flags.computed & InstructionTrial.watched & width
        #expect(
            record.changed & record.ones & record.zeros & computed == computed, "\(name) never changed a computed flag")
    }

    private struct Record {
        var count = 0
        /// Flags that changed at least once, and those that were one or zero afterwards.
        var changed: UInt32 = 0
        var ones: UInt32 = 0
        var zeros: UInt32 = 0

        mutating func add(_ old: UInt32, _ new: UInt32) {
            count += 1
            changed |= old ^ new
            ones |= new
            zeros |= ~new
        }
    }
}
