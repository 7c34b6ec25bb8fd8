import X86

/// Our own processor on the loop, with nobody or somebody watching.
extension GuestLoop {
    /// The ways to compare, each running the whole loop.
    var ownWays: [Way] {
        [
            Way("ntlearn, nobody watches", .untraced) { try measure { cpu in cpu.run(budget: .max) } },
            Way("ntlearn, step by step with the no-op tracer", .noOpTracer) {
                try measure { cpu in while cpu.step() == .executed {} }
            },
            Way("ntlearn, every effect recorded, then dropped", .recorded) {
                try measure { cpu in
                    var recorder = EffectRecorder()
                    while cpu.step(recording: &recorder) == .executed { recorder.removeAll() }
                }
            },
        ]
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
