import Debugger
import LessonEngine
import Lessons
import Spelling

/// Challenges at the prompt: every word may be the one that solves it.
extension LearnSession {
    /// Hands the machine over.
    func begin(_ challenge: ChallengeQuestion) throws(MachineError) {
        let start = try challenge.machine().stepCount
        forgetMachine()
        machineRequest = challenge.request
        machineStart = challenge.start.from
        let timeline = try record(challenge.request, start: start, steps: start)
        let settings = radix == 16 ? [] : ["n \(radix)"]
        self.challenge = ChallengeTry(challenge, on: timeline, settings: settings)
    }

    /// Runs the words of a line. During a challenge the machine is judged after each.
    func perform(_ line: String) throws(WordError) {
        if let address = debugger.assemblyAddress {
            defer { _ = lookAtChallenge(after: nil) }
            return try assembleLine(line, at: address)
        }
        guard challenge != nil else { return try words.run(line, in: self) }
        try requireChallengeMachine(line)
        try words.run(line, in: self) { [self] in lookAtChallenge(after: $0) }
    }

    private func requireChallengeMachine(_ line: String) throws(WordError) {
        let commands = (try? words.splitter.commands(in: line)) ?? []
        guard let command = commands.first(where: { ChallengeTry.leavesMachine($0.spec) }) else { return }
        throw WordError(
            "The challenge is about the machine at hand.", hint: "Type skip to leave it; then take another machine.",
            column: command.arguments.column)
    }

    /// - Returns: whether the rest of the line is to run.
    private func lookAtChallenge(after command: CommandSplitter.Command?) -> Bool {
        guard let timeline = debugger.timeline, challenge?.look(at: timeline, after: command) == true,
            let challenge
        else { return true }
        guard let open = question, open.isOpen, open.question is ChallengeQuestion else {
            return challenge.verdict != .solved
        }
        do throws(WordError) { try tell(challenge, open) } catch { show(error) }
        return challenge.verdict != .solved
    }

    private func tell(_ challenge: ChallengeTry, _ open: OpenQuestion) throws(WordError) {
        let line = challenge.words.joined(separator: "; ")
        switch challenge.verdict {
        case .goingOn: break
        case .solved: try confirm(open, line, Grade(.correct, given: line))
        case .lost(let why, let say):
            let grade = Grade(.wrong, given: line, feedback: [.text(why)] + say)
            if practice?.rules.feedback == .atEnd { return try keepForTheEnd(open, line, grade) }
            try record(open, line, .wrong, closes: false)
            output.blank()
            tellMiss(grade)
        }
    }

    /// A try that did not reach the goal leaves the challenge open.
    func tellMiss(_ grade: Grade) {
        output.say(StyledText("Not quite.", .bad, .strong))
        output.print(renderer.lines(grade.feedback.filter { !$0.plainText.isEmpty }))
        output.say(StyledText("Type .restart to try again, or answer to see a solution.", .dim))
    }

    /// Plays a challenge's solution before the learner's eyes, on a machine of its own.
    func replay(_ challenge: ChallengeQuestion) throws(WordError) {
        output.blank()
        output.say(StyledText("A solution:", .dim))
        _ = try judged {
            try LearnSession.stage(machines: machines, output: output).play(
                challenge.solutionLines, in: challenge, echo: true)
        }
    }
}
