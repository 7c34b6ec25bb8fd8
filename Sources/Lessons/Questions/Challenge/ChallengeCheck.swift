import Debugger
import LessonEngine

extension ChallengeQuestion {
    /// The challenge begins unsolved, and its solution solves it.
    public func check() -> [Diagnostic] {
        let machine: Machine
        do throws(MachineError) { machine = try self.machine() } catch { return places.diagnostics(for: error) }
        let conditions = [goal] + (lost.map { [$0] } ?? []) + text.feedback.map(\.given)
        let failures = conditions.compactMap { Diagnostic.failure(of: $0, on: machine) }
        guard failures.isEmpty else { return failures }
        let already = [goal, lost].compactMap { $0.flatMap { holdsAlready($0, machine) } }
        return already.isEmpty ? solutionProblems() : already
    }

    private func holdsAlready(_ condition: Located<String>, _ machine: Machine) -> Diagnostic? {
        guard holds(condition, on: machine) else { return nil }
        return .error(
            .badValue, at: condition.location, "`\(condition.value)` holds already where the challenge begins",
            note: "the learner is to bring it about, or to avoid it")
    }

    private func solutionProblems() -> [Diagnostic] {
        guard let player, let first = solution.first else { return [] }
        do {
            let play = try player.play(solutionLines, in: self)
            switch play.verdict {
            case .solved: return []
            case .lost(let why, _): return [unsolved(first.location, why)]
            case .goingOn: return [unsolved(first.location, play.report)]
            }
        } catch let mistake as ChallengeMistake {
            let place = solution.indices.contains(mistake.line) ? solution[mistake.line].location : first.location
            return [.error(.solutionFails, at: place, mistake.message, note: mistake.hint)]
        } catch {
            return [.error(.solutionFails, at: first.location, "the solution cannot be played: \(error)")]
        }
    }

    private func unsolved(_ place: SourceLocation, _ why: String) -> Diagnostic {
        let message = why.hasSuffix(".") ? String(why.dropLast()) : why
        return .error(
            .solutionFails, at: place, "the solution does not reach the goal" + (message.isEmpty ? "" : ": \(message)"),
            note: "type it at the prompt, word by word, and look at the machine")
    }
}

/// Reads challenges.
struct ChallengeKind: QuestionKind {
    let name = "challenge"
    let expressionKeys: Set<String> = ["from", "goal", "lost", "given", "solution"]
    let library: MachineLibrary
    let player: (any ChallengePlayer)?

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        let machine = MachineFields(&fields, library: library)
        let from = fields.expression("from")
        let goal = fields.requiredExpression("goal")
        let lost = fields.expression("lost")
        let allowance = EditAllowance.read(&fields)
        let solution = fields.strings("solution")
        if solution.isEmpty { fields.reportMissing("solution", "write the words that you would type, as a list") }
        let mistakes = text.feedback.filter { !fields.isExpression($0.given) }
        guard let machine, let goal, !solution.isEmpty, mistakes.isEmpty else { return nil }
        return ChallengeQuestion(
            text: text, start: TraceRequest(machine: machine.request, from: from?.value), allowance: allowance,
            goal: goal, lost: lost, solution: solution, places: machine.places, library: library, player: player)
    }
}

extension Fields {
    fileprivate func reportMissing(_ key: String, _ note: String) {
        guard !has(key) else { return }
        report(.missingKey, at: location, "the key `\(key)` is missing", note: note)
    }
}
