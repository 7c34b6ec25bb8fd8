// `make bench`: how fast the processor is, and what watching it costs. Ratios within one run are the figures to
// quote; the absolute ones depend on the machine.
import Debugger
import Lessons
import X86

let loop = GuestLoop(arithmeticRounds: 1_000_000, copies: 4_000)
let recordedLoop = GuestLoop(arithmeticRounds: 100_000, copies: 400)

try Comparison(
    title: "Guest instructions a second (arithmetic and copy loops)", rounds: 7,
    ways: [
        (
            "nobody watches",
            {
                var cpu = try loop.machine()
                return cpu.run(budget: .max).steps
            }
        ),
        (
            "every effect recorded, then dropped",
            {
                var cpu = try recordedLoop.machine()
                var recorder = EffectRecorder()
                var steps = 0
                while cpu.step(recording: &recorder) != .halted {
                    recorder.removeAll()
                    steps += 1
                }
                return steps
            }
        ),
    ]
).run()

let content = CommandLine.arguments.dropFirst().first ?? "content"
try Comparison(
    title: "Machines a second, from \(content)", rounds: 7,
    ways: [
        (
            "xp booted to its first user instruction",
            {
                let library = MachineLibrary(courses: [content])
                let request = TraceRequest(machine: MachineRequest(machine: "xp"))
                _ = try library.prepare(request)
                for _ in 0..<50 { _ = try library.prepare(request) }
                return 51
            }
        ),
        (
            "xp assembled from source",
            {
                for _ in 0..<5 { _ = try MachineLibrary(courses: [content]).file("xp") }
                return 5
            }
        ),
    ]
).run()
