import LessonEngine
import Lessons

/// Plays the words of challenges on machines that nobody sees.
struct OffscreenPlayer: ChallengePlayer {
    let machines: MachineLibrary

    func recognises(_ line: String) -> Bool {
        let commands = try? WordRegistry<LearnSession>.all.splitter.commands(in: line)
        return commands.map { !$0.isEmpty && $0.map(\.spec).allSatisfy(ChallengeTry.allows) } ?? false
    }

    func play(_ lines: [String], in challenge: ChallengeQuestion) throws -> ChallengePlay {
        let nobody = Output(
            detect: { Terminal(isTTY: false, columns: nil, environment: [:], plain: false) }, write: { _ in })
        return try LearnSession.stage(machines: machines, output: nobody).play(lines, in: challenge, echo: false)
    }
}

extension Registry {
    /// Everything that lessons may use, with challenges that are played with the words of the prompt.
    static func withMachines(_ library: MachineLibrary) -> Registry {
        .withMachines(library, player: OffscreenPlayer(machines: library))
    }
}

extension LearnSession {
    /// The most steps that one word of a solution takes, and those of all its words.
    private static let stageBudget = 2_000_000
    /// More words are no solution.
    private static let mostWords = 40

    /// A session for playing a challenge: no lessons, no progress.
    static func stage(machines: MachineLibrary, output: Output) throws(ProgressError) -> LearnSession {
        let session = LearnSession(
            library: Library(courses: []), machines: machines, store: try .inMemory(), output: output)
        session.runBudget = stageBudget
        return session
    }

    /// Plays lines from a challenge's beginning until it is solved.
    /// - Parameter echo: shows each line before it runs.
    func play(_ lines: [String], in challenge: ChallengeQuestion, echo: Bool) throws -> ChallengePlay {
        try begin(challenge)
        let start = try timeline().position
        var count = 0
        for (index, line) in lines.enumerated() where self.challenge?.verdict != .solved {
            if echo { output.print(StyledText("> \(line)", .code)) }
            count += try requirePlayable(line, index)
            let isLate = TimeLimit.current?.hasPassed == true
            guard count <= Self.mostWords, try timeline().position - start <= Self.stageBudget, !isLate else {
                throw ChallengeMistake(
                    line: index, "This takes too long.",
                    hint: "At most \(Self.mostWords) words and \(Self.stageBudget) instructions are played.")
            }
            do { try perform(line) } catch {
                let place = error.column.map { "Column \($0): " } ?? ""
                throw ChallengeMistake(line: index, place + error.message, hint: error.hint)
            }
        }
        let end = try timeline().machine
        return ChallengePlay(
            verdict: self.challenge?.verdict ?? .goingOn, words: self.challenge?.words ?? [],
            report: challenge.report(on: end))
    }

    /// - Returns: how many words the line has.
    private func requirePlayable(_ line: String, _ index: Int) throws(ChallengeMistake) -> Int {
        guard debugger.assemblyAddress == nil else { return 1 }
        let commands: [CommandSplitter.Command]
        do { commands = try words.splitter.commands(in: line) } catch {
            throw ChallengeMistake(
                line: index, "There is no word \"\(error.word.prefix(40))\".",
                hint: "Answer with words of the prompt, such as r eax=1; g program!return1.")
        }
        guard let other = commands.first(where: { !ChallengeTry.allows($0.spec) }) else { return commands.count }
        throw ChallengeMistake(
            line: index, "\(other.spec.name) is no word that a challenge is solved with.",
            hint: "Use words that run or change the machine.")
    }
}
