/// How long some work took.
struct Sample {
    /// How much was done: instructions, requests.
    let units: Int
    let time: Duration

    var rate: Double { Double(units) / (time / .seconds(1)) }
}

/// One of several ways to do the same work.
struct Way {
    /// What a goal compares it as.
    enum Role: Hashable {
        case untraced, recorded, bochs, unicorn, unicornHook, batch, other
    }

    let name: String
    let role: Role
    let work: () throws -> Sample

    init(_ name: String, _ role: Role = .other, work: @escaping () throws -> Sample) {
        self.name = name
        self.role = role
        self.work = work
    }
}

/// Several ways to do the same work, run in turn so that a machine whose speed drifts treats them alike.
struct Comparison {
    /// What the comparison is about, with the unit of its rates.
    let title: String
    /// What the rates are divided by before they are printed.
    let scale: Double
    /// How often each way is run.
    let rounds: Int
    let ways: [Way]

    /// Runs all ways and prints their medians and the medians' ratio to the first way's.
    /// - Returns: the medians by role, the highest where several ways have the same, in units a second.
    @discardableResult
    func run() throws -> [Way.Role: Double] {
        var rates = ways.map { _ in [Double]() }
        for _ in 0..<rounds {
            for (index, way) in ways.enumerated() { rates[index].append(try way.work().rate) }
        }
        let medians = rates.map(Self.median)
        print("\(title): median of \(rounds), ratio to the first")
        for (way, median) in zip(ways, medians) {
            let figures = [median / scale, median / medians[0]].map { $0.text.leftPadded(10) }
            print("  \(way.name.padded(54))\(figures.joined())")
        }
        return Dictionary(zip(ways.map(\.role), medians), uniquingKeysWith: max)
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
