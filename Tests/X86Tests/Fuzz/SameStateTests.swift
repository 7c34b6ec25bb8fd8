import Testing
import X86

@Suite("Ways to run random programs")
struct SameStateTests {
    @Test(
        "Single steps, a run and a recorded run end in the same state, and stepping back restores the one before",
        arguments: [0, 3], [false, true])
    func sameState(ring: Int, paging: Bool) throws {
        for seed in 0..<150 {
            let programs = try Programs(seed: UInt64(seed) << 3 | UInt64(ring) << 1 | (paging ? 1 : 0), ring, paging)
            try programs.compare("seed \(seed), ring \(ring), paging \(paging)")
        }
    }

    /// The same program on three machines.
    private struct Programs {
        private let machines: [TestMachine]
        private let generators: [SeededGenerator]

        init(seed: UInt64, _ ring: Int, _ paging: Bool) throws {
            var machines: [TestMachine] = []
            var generators: [SeededGenerator] = []
            for _ in 0..<3 {
                var generator = SeededGenerator(seed: seed)
                machines.append(try TestMachine.eventful(&generator, ring: ring, paging: paging))
                generators.append(generator)
            }
            self.machines = machines
            self.generators = generators
        }

        func compare(_ program: String) throws {
            var generators = generators
            for round in 0..<8 {
                for index in 0..<3 { machines[index].interruptAtRandom(&generators[index]) }
                let budget = Int.random(in: 1...60, using: &generators[0])
                for index in 1..<3 { _ = Int.random(in: 1...60, using: &generators[index]) }
                let place: Comment = "\(program), round \(round), budget \(budget)"
                step(machines[0], budget)
                _ = machines[1].run(budget: budget, until: nil)
                let stepped = machines[0].checkpoint()
                try #require(machines[1].checkpoint() == stepped, place)
                try compareRecorded(machines[2], budget, stepped, place)
            }
        }

        private func step(_ machine: TestMachine, _ budget: Int) {
            for _ in 0..<budget {
                let outcome = machine.step()
                if outcome == .halted || outcome == .shutdown { return }
            }
        }

        private func compareRecorded(
            _ machine: TestMachine, _ budget: Int, _ expected: Checkpoint, _ place: Comment
        ) throws {
            let journal = Journal()
            let start = machine.checkpoint()
            machine.run(budget: budget, recording: journal)
            try #require(machine.checkpoint() == expected, place)
            machine.stepBack(journal, count: .max)
            try #require(machine.checkpoint() == start, place)
            machine.restore(start)  // The open page of code as well: it decides when the TLB is asked.
            _ = machine.run(budget: budget, until: nil)
            try #require(machine.checkpoint() == expected, place)
        }
    }
}
