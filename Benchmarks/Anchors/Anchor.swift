/// An emulator that others wrote, run on the same code so that our figures mean something.
protocol Anchor {
    /// What it is called where it cannot run.
    var name: String { get }

    /// Gets everything ready to run the loop.
    /// - Returns: the ways in which it runs it, none where it is not installed.
    /// - Throws: `BenchmarkError` if it is installed and does not work.
    func ways(for loop: GuestLoop) throws -> [Way]
}

/// The ways of all anchors that are installed; says by name which are skipped.
func ways(of anchors: [any Anchor], for loop: GuestLoop) -> [Way] {
    anchors.flatMap { anchor in
        do {
            let ways = try anchor.ways(for: loop)
            if ways.isEmpty {
                print("skipped: \(anchor.name): not installed; scripts/install-packages --bench tries to")
            }
            return ways
        } catch {
            print("skipped: \(anchor.name): \(error)")
            return []
        }
    }
}
