/// A figure that must be reached.
struct Goal {
    /// What is compared with what.
    let name: String
    /// The least value that will do.
    let least: Double
    /// What was measured, or `nil` where a part of it was skipped.
    let measured: Double?

    /// Prints whether each goal is met, and by how much.
    static func report(_ goals: [Goal]) {
        print("\("Goals".padded(58))\("at least".leftPadded(10))\("found".leftPadded(10))")
        for goal in goals {
            let verdict = goal.measured.map { $0 >= goal.least ? "met" : "MISSED" } ?? "unknown"
            let found = goal.measured.map { "\($0.text)" } ?? "-"
            print(
                "  \(verdict.padded(9))\(goal.name.padded(47))\(goal.least.text.leftPadded(10))\(found.leftPadded(10))")
        }
    }
}
