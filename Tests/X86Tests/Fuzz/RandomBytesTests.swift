import Foundation
import Testing
import X86

@Suite("Random bytes")
struct RandomBytesTests {
    /// `NTLEARN_FUZZ_STEPS=50000000 swift test -c release --filter RandomBytes` looks longer.
    private static let steps = ProcessInfo.processInfo.environment["NTLEARN_FUZZ_STEPS"].flatMap(Int.init) ?? 1_000_000
    private static let stepsPerProgram = 400
    /// What all the machines together may leave with the host: a few that are alive, and what other tests take.
    private static let mostGrowth = 512 << 20

    @Test("No bytes crash the host or eat its memory, and the state stays valid", arguments: [0, 3], [false, true])
    func randomPrograms(ring: Int, paging: Bool) throws {
        let before = HostMemory.resident
        var steps = 0
        var seed = 0
        while steps < Self.steps / 4 {
            seed += 1
            var generator = SeededGenerator(seed: UInt64(seed) << 3 | UInt64(ring) << 1 | (paging ? 1 : 0))
            steps += try run(&generator, "ring \(ring), paging \(paging), seed \(seed)", ring: ring, paging: paging)
        }
        #expect(HostMemory.resident - before < Self.mostGrowth)
        print("fuzz: \(steps) steps of \(seed) programs in ring \(ring), paging \(paging)")
    }

    /// - Returns: how many steps there were, at least one.
    private func run(_ generator: inout SeededGenerator, _ place: String, ring: Int, paging: Bool) throws -> Int {
        let model = try #require(CPUModel.all.randomElement(using: &generator))
        let isEventful = Bool.random(using: &generator)
        let machine =
            isEventful
            ? try TestMachine.eventful(&generator, model: model.name, ring: ring, paging: paging)
            : try TestMachine.random(&generator, model: model.name, ring: ring, paging: paging)
        var steps = 1
        while steps < Self.stepsPerProgram {
            if isEventful { machine.interruptAtRandom(&generator) }
            let outcome: StepOutcome
            if Bool.random(using: &generator) {
                outcome = machine.step()
                steps += 1
            } else {
                let end = machine.run(budget: Int.random(in: 1...60, using: &generator), until: nil)
                outcome = end.outcome
                steps += end.steps
            }
            try Self.check(machine, "\(model.name), \(place), step \(steps)")
            if outcome == .shutdown || outcome == .halted { return steps }
        }
        return steps
    }

    private static func check(_ machine: TestMachine, _ place: @autoclosure () -> String) throws {
        let flags = machine.eflags
        let cs = machine.selector(.cs)
        let ss = machine.segment(.ss)
        let isValid =
            flags & Flags.reserved != 0 && flags & 0xFFC2_8028 == 0 && machine.cpl <= 3
            && cs & 3 == UInt16(machine.cpl) && cs & ~3 != 0 && (ss.attributes & 0x80 == 0 || ss.dpl == machine.cpl)
        guard !isValid else { return }
        Issue.record("EFLAGS \(flags), CPL \(machine.cpl), CS \(cs), SS.DPL \(ss.dpl) in \(place())")
        throw CancellationError()
    }
}

/// What this process has of the host's memory.
private enum HostMemory {
    /// Bytes; 0 on a host that does not say.
    static var resident: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4096
    }
}
