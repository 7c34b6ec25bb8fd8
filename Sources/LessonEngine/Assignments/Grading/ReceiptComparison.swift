import Foundation

/// What only several receipts together show: the same learner twice, and answers that went from one to another.
struct ReceiptComparison {
    let grader: ReceiptGrader

    /// Fewer equal moments, or fewer of another's keys, can be chance.
    private static let fewestMoments = 2
    private static let fewestKeys = 3

    func flag(_ graded: inout [GradedReceipt], seals: [[String]]) {
        flagDuplicates(&graded)
        flagSharedSeals(&graded, seals)
        flagSharedMoments(&graded)
        flagSharedKeys(&graded)
    }

    private func flagDuplicates(_ graded: inout [GradedReceipt]) {
        let byLearner = Dictionary(grouping: graded.indices) { graded[$0].receipt?.learner.key }
        for (learner, places) in byLearner where learner != nil && places.count > 1 {
            for place in places {
                let others = places.filter { $0 != place }.map { graded[$0].file }.joined(separator: ", ")
                add(.duplicate, "The same learner's receipt is here more than once: \(others).", to: &graded[place])
            }
        }
    }

    /// A line with its seal is one learner's alone.
    private func flagSharedSeals(_ graded: inout [GradedReceipt], _ seals: [[String]]) {
        var owners: [String: Set<Int>] = [:]
        for (place, seals) in seals.enumerated() {
            for seal in seals { owners[seal, default: []].insert(place) }
        }
        flagPairs(owners.values, &graded, fewest: 1) { "\($0) of the answers, seals and all, are \($1)'s." }
    }

    private struct Moment: Hashable {
        let question: AssignedQuestion
        let time: Date
        let answer: String
    }

    /// Nobody types the same answer to the same question in the same millisecond.
    private func flagSharedMoments(_ graded: inout [GradedReceipt]) {
        var owners: [Moment: Set<Int>] = [:]
        for (place, graded) in graded.enumerated() {
            for entry in graded.receipt?.entries ?? [] {
                owners[Moment(question: entry.question, time: entry.time, answer: entry.answer), default: []].insert(
                    place)
            }
        }
        flagPairs(owners.values, &graded, fewest: Self.fewestMoments) {
            "\($0) answers are \($1)'s, to the millisecond."
        }
    }

    /// Wrong answers that are right for the members of one and the same other learner.
    private func flagSharedKeys(_ graded: inout [GradedReceipt]) {
        var right: [String: [Int]] = [:]
        var wrong: [Int: [String]] = [:]
        for (place, receipt) in graded.enumerated() {
            for (key, isRight) in freeAnswers(receipt) {
                if isRight { right[key, default: []].append(place) } else { wrong[place, default: []].append(key) }
            }
        }
        for (place, keys) in wrong {
            let owners = Dictionary(keys.flatMap { right[$0] ?? [] }.map { ($0, 1) }, uniquingKeysWith: +)
            let fewest = max(Self.fewestKeys, keys.count * 3 / 5)
            for (owner, count) in owners.sorted(by: { $0.key < $1.key }) where count >= fewest {
                guard !isSame(graded[owner], graded[place]) else { continue }
                let other = name(graded[owner])
                add(.copied, "\(count) wrong answers are the right ones to \(other)'s questions.", to: &graded[place])
            }
        }
    }

    /// The last answers, with their questions, where no letter could be right by chance; and whether they are right.
    private func freeAnswers(_ graded: GradedReceipt) -> [(key: String, isRight: Bool)] {
        guard let receipt = graded.receipt, receipt.assignment == grader.assignment.id else { return [] }
        let last = Dictionary(receipt.entries.filter(\.isAttempt).map { ($0.question, $0) }, uniquingKeysWith: { $1 })
        return zip(grader.assignment.questions, graded.marks).compactMap { question, mark in
            guard mark != .none, let entry = last[question], comparable(entry.answer).count > 2,
                let asked = grader.question(question, for: receipt.learner), asked.choices.isEmpty
            else { return nil }
            return ("\(question.name) \(comparable(entry.answer))", mark == .right)
        }
    }

    // MARK: Pairs

    /// Flags whoever is in so many groups together with another learner.
    private func flagPairs(
        _ groups: some Collection<Set<Int>>, _ graded: inout [GradedReceipt], fewest: Int,
        _ message: (_ count: Int, _ other: String) -> String
    ) {
        var shared: [Int: [Int: Int]] = [:]
        for group in groups where group.count > 1 {
            for place in group {
                for other in group where other != place { shared[place, default: [:]][other, default: 0] += 1 }
            }
        }
        for (place, others) in shared {
            let copied = others.filter { $0.value >= fewest && !isSame(graded[$0.key], graded[place]) }
            for (other, count) in copied.sorted(by: { $0.key < $1.key }).prefix(3) {
                add(.copied, message(count, name(graded[other])), to: &graded[place])
            }
        }
    }

    private func isSame(_ left: GradedReceipt, _ right: GradedReceipt) -> Bool {
        left.receipt?.learner.key == right.receipt?.learner.key
    }

    private func name(_ graded: GradedReceipt) -> String { graded.receipt?.learner.name ?? graded.file }

    private func add(_ kind: ReceiptFlag.Kind, _ message: String, to graded: inout GradedReceipt) {
        graded.flags.append(ReceiptFlag(kind, message))
    }
}
