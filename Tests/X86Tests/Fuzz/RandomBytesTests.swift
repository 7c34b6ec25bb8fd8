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
        let machine = try Self.start(model: model.name, ring: ring, paging: paging)
        Self.scramble(machine, &generator)
        for step in 0..<Self.stepsPerProgram {
            let outcome = machine.step()
            try Self.check(machine, "\(model.name), ring \(ring), paging \(paging), seed \(seed), step \(step)")
            if outcome == .shutdown || outcome == .halted { return }
        }
    }

    /// Every exception comes back: the handlers skip a byte of the program and return.
    private static func start(model: String, ring: Int, paging: Bool) throws -> TestMachine {
        let machine = try TestMachine("nop", ring: ring, model: model, paging: paging)
        let handler = try self.handler.get()
        let handlerWithErrorCode = try self.handlerWithErrorCode.get()
        for vector in UInt8(0)..<0x20 {
            let hasErrorCode = [8, 10, 11, 12, 13, 14, 17].contains(vector)
            machine.load(hasErrorCode ? handlerWithErrorCode : handler, at: TestMachine.handler(vector))
        }
        return machine
    }

    private static let handler = Result { try TestMachine.assemble("inc dword [esp]\niretd", at: 0) }
    private static let handlerWithErrorCode = Result {
        try TestMachine.assemble("add esp, 4\ninc dword [esp]\niretd", at: 0)
    }

    private static func scramble(_ machine: TestMachine, _ generator: inout SeededGenerator) {
        let bytes = (0..<512).map { _ in UInt8.random(in: 0...255, using: &generator) }
        machine.load(bytes, at: TestMachine.Place.code)
        for register in Register.allCases where register != .esp {
            let near = TestMachine.Place.data + UInt32.random(in: 0..<0x2000, using: &generator)
            machine[register] =
                Bool.random(using: &generator) ? near : UInt32.random(in: 0...UInt32.max, using: &generator)
        }
        machine.eflags = UInt32.random(in: 0...UInt32.max, using: &generator)
        for selector in stride(from: UInt16(0x30), to: 0x100, by: 8) {
            machine.setDescriptor(selector, UInt64.random(in: 0...UInt64.max, using: &generator))
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
