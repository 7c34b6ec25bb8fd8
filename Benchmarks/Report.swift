/// Everything that `make bench` measures, in the order in which it is printed.
struct Report {
    /// The folder that holds the course.
    let content: String
    /// The built program.
    let program: Program

    func run() throws {
        let loop = GuestLoop(arithmeticRounds: 1_000_000, copies: 4_000)
        let anchors: [any Anchor] = [Bochs(), Unicorn.ofSystem, Unicorn.ofPython]
        var rates = try Comparison(
            title: "Guest instructions, millions/s", scale: 1e6, rounds: 7,
            ways: loop.ownWays + ways(of: anchors, for: loop)
        ).run()
        try GuestLoop(arithmeticRounds: 706_250, copies: 2_824).reportMemory()
        rates[.batch] = try Comparison(
            title: "Requests, thousands/s", scale: 1e3, rounds: 5, ways: Batch(program: program, cases: 40_000).ways()
        ).run()[.batch]
        try Comparison(title: "Machines/s", scale: 1, rounds: 7, ways: Machines(content: content).ways).run()
        try TimeTravel(steps: 100_000_000, journeys: 20).report()
        Goal.report(goals(rates))
    }

    private func goals(_ rates: [Way.Role: Double]) -> [Goal] {
        func ratio(_ role: Way.Role, _ base: Way.Role) -> Double? {
            guard let rate = rates[role], let other = rates[base] else { return nil }
            return rate / other
        }
        return [
            Goal(name: "nobody watches / Bochs", least: 2, measured: ratio(.untraced, .bochs)),
            Goal(name: "nobody watches / the system's Unicorn", least: 1, measured: ratio(.untraced, .unicorn)),
            Goal(
                name: "journal / the fastest Unicorn with a hook", least: 5, measured: ratio(.recorded, .unicornHook)),
            Goal(name: "thousands of requests/s", least: 20, measured: rates[.batch].map { $0 / 1e3 }),
        ]
    }
}
