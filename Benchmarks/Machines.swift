import Lessons

/// What a learner waits for: a machine from the course, booted or assembled.
struct Machines {
    /// The folder that holds the course.
    let content: String

    var ways: [Way] {
        [
            Way("xp booted to its first user instruction") {
                let library = MachineLibrary(courses: [content])
                let request = TraceRequest(machine: MachineRequest(machine: "xp"))
                _ = try library.prepare(request)
                return try measure(50) { _ = try library.prepare(request) }
            },
            Way("xp assembled from source") {
                try measure(5) { _ = try MachineLibrary(courses: [content]).file("xp") }
            },
        ]
    }

    private func measure(_ times: Int, _ work: () throws -> Void) throws -> Sample {
        Sample(units: times, time: try ContinuousClock().measure { for _ in 0..<times { try work() } })
    }
}
