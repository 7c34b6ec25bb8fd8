import Debugger
import LessonEngine
import Spelling

/// Bring the machine to a state, with the words of the prompt.
///
///     ```challenge id=no-such-service
///     machine: sysenter
///     call: NtClose(0x44)
///     from: ntdll!NtClose
///     ask: Make NtClose return C000001Ch by changing one register, once.
///     goal: eip == program!return1 & eax == 0xC000001C
///     lost: eip == program!return1
///     allow: registers 1
///     solution: [r eax=1000, g program!return1]
///     ```
///
/// The answer is the line of words that leads there, separated by semicolons.
public struct ChallengeQuestion: MachineQuestion {
    /// The words around it.
    public let text: QuestionText
    /// Where the machine is handed over.
    public let start: TraceRequest
    /// The changes by hand that it allows; nil for any.
    public let allowance: EditAllowance?

    let goal: Located<String>
    let lost: Located<String>?
    let solution: [Located<String>]
    let places: MachinePlaces
    let library: MachineLibrary
    let player: (any ChallengePlayer)?

    /// That of the beginning.
    public var request: MachineRequest { start.machine }

    /// The lines that the author would type.
    public var solutionLines: [String] { solution.map(\.value) }

    /// What to type.
    public var answerForm: String? {
        let how = "Use the words of the prompt on the machine at hand; .restart begins again."
        return [how, allowance?.sentence].compactMap(\.self).joined(separator: " ")
    }

    /// Lines of the debugger's words.
    public func couldBeAnswer(_ line: String) -> Bool { player?.recognises(line) ?? false }

    /// The machine at the beginning.
    public func machine() throws(MachineError) -> Machine { try library.prepare(start).machine }

    /// How the machine stands after a word that moved or changed it.
    public func judge(_ machine: Machine, _ edits: EditLog) -> ChallengeVerdict {
        if holds(goal, on: machine) {
            return allowance?.excess(of: edits).map { .lost($0, say: feedback(on: machine)) } ?? .solved
        }
        if let lost, holds(lost, on: machine) {
            return .lost(report(on: machine), say: feedback(on: machine))
        }
        guard machine.hasStopped else { return .goingOn }
        return .lost("The machine has stopped. \(report(on: machine))".trimmed, say: feedback(on: machine))
    }

    /// What the registers hold that the goal speaks of.
    public func report(on machine: Machine) -> String { ConditionReport.sentence(goal.value, on: machine) }

    func holds(_ condition: Located<String>, on machine: Machine) -> Bool {
        ((try? machine.evaluate(condition.value)) ?? 0) != 0
    }

    private func feedback(on machine: Machine) -> [MarkdownBlock] {
        text.feedback.first { holds($0.given, on: machine) }?.say ?? []
    }
}

// Answers in one line.
extension ChallengeQuestion {
    /// The words of the solution, in one line.
    /// - Throws: that they do not solve it.
    public func correctAnswer() throws -> String {
        guard let player else { return solutionLines.joined(separator: "; ") }
        let play = try player.play(solutionLines, in: self)
        guard play.verdict == .solved else {
            throw MachineError("the lesson's own solution does not reach the goal", kind: .run)
        }
        return play.words.joined(separator: "; ")
    }

    /// Right if the line's words, typed at the challenge's beginning, reach the goal.
    public func grade(_ line: String) throws -> Grade {
        guard let player else { throw MachineError("challenges are played at the prompt", kind: .run) }
        let given = line.trimmed
        do {
            let play = try player.play([given], in: self)
            switch play.verdict {
            case .solved: return Grade(.correct, given: given)
            case .lost(let why, let say): return Grade(.wrong, given: given, feedback: [.text(why)] + say)
            case .goingOn:
                let why = "These words do not reach the goal. \(play.report)".trimmed
                return Grade(.wrong, given: given, feedback: [.text(why)])
            }
        } catch let mistake as ChallengeMistake {
            return Grade(
                .unclear([mistake.message, mistake.hint].compactMap(\.self).joined(separator: " ")), given: given)
        }
    }
}
