import Foundation
import Testing
import X86

@Suite("Random bytes")
struct RandomBytesTests {
    /// `NTLEARN_FUZZ_STEPS=5000000 swift test --filter RandomBytes` looks longer.
    private static let steps = ProcessInfo.processInfo.environment["NTLEARN_FUZZ_STEPS"].flatMap(Int.init) ?? 300_000
    private static let stepsPerProgram = 200

    @Test("No bytes crash the host, and the processor's state stays valid", arguments: [0, 3], [false, true])
    func randomPrograms(ring: Int, paging: Bool) throws {
        let programs = Self.steps / Self.stepsPerProgram / 4
        for seed in 0..<programs {
            var generator = SeededGenerator(seed: UInt64(seed) << 3 | UInt64(ring) << 1 | (paging ? 1 : 0))
            try run(&generator, seed: seed, ring: ring, paging: paging)
        }
    }

    private func run(_ generator: inout SeededGenerator, seed: Int, ring: Int, paging: Bool) throws {
        let model = try #require(CPUModel.all.randomElement(using: &generator))
        let machine = try TestMachine.random(&generator, model: model.name, ring: ring, paging: paging)
        for step in 0..<Self.stepsPerProgram {
            let outcome = machine.step()
            try Self.check(machine, "\(model.name), ring \(ring), paging \(paging), seed \(seed), step \(step)")
            if outcome == .shutdown || outcome == .halted { return }
        }
    }

    private static func check(_ machine: TestMachine, _ place: String) throws {
        let flags = machine.eflags
        try #require(flags & Flags.reserved != 0 && flags & 0xFFC2_8028 == 0, "EFLAGS \(flags) in \(place)")
        try #require(machine.cpl <= 3, "CPL in \(place)")
        try #require(machine.selector(.cs) & 3 == UInt16(machine.cpl), "CS against CPL in \(place)")
        try #require(machine.selector(.cs) & ~3 != 0, "null CS in \(place)")
        try #require(machine.segment(.ss).dpl == machine.cpl, "SS.DPL against CPL in \(place)")
    }
}
