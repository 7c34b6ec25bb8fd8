import Testing
import X86

/// Which instructions a processor model has at all: QEMU does not tell them apart.
@Suite("Instruction sets beside Bochs'", .enabled(if: Bochs.isInstalled, "bochs is not installed"), .serialized)
struct InstructionSetTests {
    private static let models: [(model: String, bochs: String)] = [
        ("pentium", "pentium_mmx"),
        ("pentium2", "p2_klamath"),
        ("pentium3", "p3_katmai"),
        ("k6-2", "amd_k6_2_chomper"),
        ("athlon", "athlon64_clawhammer"),
    ]

    @Test("Each instruction is there, undefined or refused on both", arguments: models)
    func outcomes(model: String, bochs: String) throws {
        let guest = try BochsImage(named: "instruction-sets")
        let ours = try ourOutcomes(guest, on: try #require(CPUModel.named(model)))
        let theirs = try bochsOutcomes(guest, on: bochs)
        for test in Set(ours.keys).union(theirs.keys).sorted() where ours[test] != theirs[test] {
            Issue.record("test \(test): ours \(ours[test] ?? "there"), Bochs \(theirs[test] ?? "there")")
        }
    }

    private func ourOutcomes(_ guest: BochsImage, on model: CPUModel) throws -> [UInt32: String] {
        var cpu = guest.image.boot(on: model)
        let main = try #require(guest["main"])
        _ = cpu.run(budget: 1_000_000, until: main)
        return try collect(guest) {
            _ = cpu.step()
            return cpu.state
        }
    }

    private func bochsOutcomes(_ guest: BochsImage, on model: String) throws -> [UInt32: String] {
        let bochs = try Bochs(image: guest.image, model: model)
        try bochs.run(to: try #require(guest["main"]))
        return try collect(guest) { try bochs.step().registers }
    }

    private func collect(_ guest: BochsImage, step: () throws -> RegisterState) throws -> [UInt32: String] {
        let names = ["undefined", "unavailable", "refused"]
        let handlers = Dictionary(uniqueKeysWithValues: names.map { (guest[$0], $0) })
        let end = try #require(guest["finished"])
        var outcomes: [UInt32: String] = [:]
        for _ in 0..<50_000 {
            let state = try step()
            if state.eip == end { return outcomes }
            if let name = handlers[state.eip] { outcomes[state[.esi]] = name }
        }
        throw Bochs.Failure(description: "the image does not end")
    }
}
