import X86

/// Runs cases on both sides and keeps those whose outcomes differ.
struct UnicornRunner {
    /// A case on which the two sides differ, made as small as it goes.
    struct Failure: CustomStringConvertible {
        let seed: UInt64
        let guest: GuestCase
        let differences: [String]

        var description: String {
            "seed \(seed): \(guest.disassembly)\n  \(differences.joined(separator: "\n  "))\n  \(guest.literal)"
        }
    }

    private let unicorn: UnicornProcess
    private let execute: (GuestCase) throws -> GuestOutcome
    private static let batchSize = 250

    /// - Parameter execute: what our processor makes of a case.
    init(_ execute: @escaping (GuestCase) throws -> GuestOutcome = { try $0.onOurProcessor() }) throws {
        unicorn = try UnicornProcess()
        self.execute = execute
    }

    /// - Parameter limit: how many failures are enough.
    func failures(
        seeds: Range<UInt64>, limit: Int, _ make: (UInt64) -> GuestCase
    ) throws -> [Failure] {
        var failures: [Failure] = []
        var rest = seeds
        while !rest.isEmpty, failures.count < limit {
            let batch = rest.prefix(Self.batchSize)
            rest = rest.dropFirst(batch.count)
            let cases = batch.map(make)
            for (seed, comparison) in zip(batch, try comparisons(cases)) where !comparison.differences.isEmpty {
                failures.append(try failure(seed, cases[Int(seed - batch.lowerBound)], comparison))
            }
        }
        return failures
    }

    private func failure(_ seed: UInt64, _ guest: GuestCase, _ comparison: OutcomeComparison) throws -> Failure {
        let small = try CaseShrinker { guest in
            let comparison = try comparisons([guest])[0]
            return comparison.differences.isEmpty
                ? nil : [comparison.ours.fault?.vector, comparison.theirs.fault?.vector]
        }.shrink(guest)
        let differences = try comparisons([small])[0].differences
        let inBatch = differences.isEmpty ? ["only behind other cases:"] + comparison.differences : []
        return Failure(seed: seed, guest: small, differences: differences + inBatch)
    }

    private func comparisons(_ cases: [GuestCase]) throws -> [OutcomeComparison] {
        // LOCK BTR on a register makes Unicorn crash: what the manual refuses, it does not get to see.
        try unicorn.send(cases.map { $0.isInvalidOpcode ? GuestCase(code: [0x90]) : $0 })
        let ours = try cases.map(execute)
        let theirs = try unicorn.receive(cases)
        return zip(cases, zip(ours, theirs)).map { guest, outcomes in
            let expected = UnicornDeviations.corrected(outcomes.1, ours: outcomes.0, guest)
            let stoppedEarly = expected.fault != nil && !guest.isSingle
            return OutcomeComparison(
                ours: outcomes.0, theirs: expected,
                undefinedFlags: stoppedEarly ? guest.undefinedOnTheWay : guest.undefinedFlags)
        }
    }
}
