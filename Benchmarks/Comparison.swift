/// Several ways to do the same work, run in turn so that a machine whose speed drifts treats them alike.
struct Comparison {
    /// What the comparison is about.
    let title: String
    /// How often each way is run.
    let rounds: Int
    /// A name, and the work, which says how many units it did.
    let ways: [(name: String, work: () throws -> Int)]

    /// Runs all ways and prints units a second as medians, and their ratio to the first way.
    func run() throws {
        var rates = ways.map { _ in [Double]() }
        let clock = ContinuousClock()
        for _ in 0..<rounds {
            for (index, way) in ways.enumerated() {
                var units = 0
                let time = try clock.measure { units = try way.work() }
                rates[index].append(Double(units) / (time / .seconds(1)))
            }
        }
        print(title)
        let base = Self.median(rates[0])
        for (way, samples) in zip(ways, rates) {
            let median = Self.median(samples)
            print("  \(way.name.padded(44)) \(Self.text(median).padded(12)) \(Self.ratio(median / base))x")
        }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    private static func text(_ rate: Double) -> String {
        rate >= 1e6 ? "\(ratio(rate / 1e6)) M/s" : "\(ratio(rate)) /s"
    }

    private static func ratio(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = String(hundredths % 100)
        return "\(hundredths / 100).\(fraction.count == 1 ? "0" : "")\(fraction)"
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
