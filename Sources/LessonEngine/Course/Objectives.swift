extension Fields {
    /// Which of the lesson's objectives a question tests: one number or a list of them, counted from 1. Whether the
    /// lesson has so many is ``ObjectiveCheck``'s business.
    public mutating func objectives(_ key: String = "objective") -> [Located<Int>] {
        strings(key).compactMap { text in
            guard let number = Int(text.value), number > 0 else {
                report(
                    .badValue, at: text.location, "`\(key)` must be the number of an objective, not `\(text.value)`",
                    note: "count the lesson's `objectives` from 1")
                return nil
            }
            return Located(number, at: text.location)
        }
    }
}

/// Holds what a lesson promises against what its questions test.
struct ObjectiveCheck {
    /// One question can be answered by luck.
    private static let fewestQuestions = 2

    let lesson: Lesson

    func check(report: (Diagnostic) -> Void) {
        let tested = lesson.blocks.flatMap(\.testedObjectives)
        tested.joined().filter { $0.value > count }.map(unknown).forEach(report)
        // A block that could not be made may be the question that is missed here.
        guard tested.contains(where: { !$0.isEmpty }), lesson.brokenBlocks.isEmpty else { return }
        for (index, objective) in lesson.writtenObjectives.enumerated() {
            let questions = tested.count { $0.contains { $0.value == index + 1 } }
            if questions < Self.fewestQuestions { report(undertested(index + 1, objective, questions)) }
        }
    }

    private var count: Int { lesson.writtenObjectives.count }

    private func unknown(_ number: Located<Int>) -> Diagnostic {
        let known = count == 0 ? "the front matter has no `objectives`" : "there are \(count), counted from 1"
        return .error(
            .unknownObjective, at: number.location, "the lesson has no objective \(number.value)", note: known)
    }

    private func undertested(_ number: Int, _ objective: Located<String>, _ questions: Int) -> Diagnostic {
        .warning(
            .undertestedObjective, at: objective.location,
            "objective \(number) is tested by \(questions == 0 ? "no question" : "only one question")",
            note: "write `objective: \(number)` in the questions that test it; two of them tell knowledge from luck")
    }
}
