import Debugger
import LessonEngine
import Lessons
import X86

/// Plays challenges without the prompt's words: it knows `r NAME=VALUE`, `g ADDRESS` and `t`.
struct ScriptedPlayer: ChallengePlayer {
    func recognises(_ line: String) -> Bool { ["r ", "g ", "t"].contains { line.hasPrefix($0) } }

    func play(_ lines: [String], in challenge: ChallengeQuestion) throws -> ChallengePlay {
        let timeline = Timeline(try challenge.machine())
        let words = lines.flatMap { $0.split(separator: ";") }.map { String($0.drop { $0 == " " }) }
        var verdict = ChallengeVerdict.goingOn
        for (index, word) in words.enumerated() where verdict == .goingOn {
            guard recognises(word) else { throw ChallengeMistake(line: index, "There is no word \"\(word)\".") }
            try perform(word, on: timeline)
            verdict = challenge.judge(timeline.machine, timeline.edits)
        }
        return ChallengePlay(verdict: verdict, words: words, report: challenge.report(on: timeline.machine))
    }

    private func perform(_ word: String, on timeline: Timeline) throws {
        let rest = String(word.dropFirst(2))
        if word.hasPrefix("r ") {
            let parts = rest.split(separator: "=").map(String.init)
            let value = try timeline.machine.evaluate(parts[1])
            try timeline.apply(MachineEdit(register: parts[0], value: value, on: timeline.machine))
        } else if word.hasPrefix("g ") {
            var none = BreakpointTable()
            _ = timeline.run(
                to: .address(try timeline.machine.address(rest)), breakpoints: &none, budget: Machine.defaultBudget)
        } else {
            _ = timeline.step()
        }
    }
}
