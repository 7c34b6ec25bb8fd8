import X86

/// Our own processor on the loop, with nobody or somebody watching.
extension GuestLoop {
    /// The ways to compare, each running the whole loop.
    var ownWays: [Way] {
        [
            Way("ntlearn, nobody watches", .untraced) { try measure { cpu in cpu.run(budget: .max) } },
            Way("ntlearn, step by step") { try measure { cpu in while cpu.step() == .executed {} } },
            Way("ntlearn, effects recorded, dropped each 4096 steps") {
                try measure { cpu in
                    var recorder = EffectRecorder()
                    while cpu.run(budget: 4096, recording: &recorder).outcome == .executed { recorder.removeAll() }
                }
            },
            Way("ntlearn, journal: EIP, registers, memory; reversible", .recorded) {
                let journal = Journal()
                return try measure { cpu in cpu.run(budget: .max, recording: journal) }
            },
            Way("ntlearn, journal and a checkpoint each million steps") {
                let journal = Journal()
                return try measure { cpu in
                    var checkpoints = [cpu.checkpoint()]
                    while cpu.run(budget: 1_000_000, recording: journal).outcome == .executed {
                        checkpoints.append(cpu.checkpoint())
                    }
                    return checkpoints.count
                }
            },
        ]
    }

    /// Records the whole loop and prints what the journal takes.
    func reportMemory() throws {
        guard let before = ResidentMemory.bytes else { return }
        let journal = Journal(memoryLimit: .max)
        _ = try measure { cpu in cpu.run(budget: .max, recording: journal) }
        guard let after = ResidentMemory.bytes else { return }
        let growth = Double(max(0, after - before))
        print("Memory while recording \(journal.count) instructions, none forgotten")
        print("  \("MiB".padded(54))\((growth / 1_048_576).text.leftPadded(10))")
        print("  \("bytes an instruction".padded(54))\((growth / Double(journal.count)).text.leftPadded(10))")
    }

    private func measure<Result>(_ run: (inout CPU) -> Result) throws -> Sample {
        var cpu = try machine()
        let time = ContinuousClock().measure { _ = run(&cpu) }
        guard (cpu[.eax], cpu[.ebx]) == Self.result else { throw BenchmarkError("the loop left a wrong result") }
        return Sample(units: instructions, time: time)
    }

    /// A processor about to execute the loop and then HLT.
    private func machine() throws -> CPU {
        var cpu = CPU(model: CPUModel.all[3])
        cpu.loadPhysical(try code() + [0xF4], at: Self.origin)
        cpu.eip = Self.origin
        cpu[.ebx] = 1
        return cpu
    }
}
