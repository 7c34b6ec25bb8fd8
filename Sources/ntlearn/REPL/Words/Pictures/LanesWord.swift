import Debugger

/// `lanes`: the trace so far, user and kernel side by side.
struct LanesWord: Word {
    static let spec = WordSpec(
        name: "lanes", group: .running, usage: "lanes [COUNT]",
        summary: "show the way to here as two lanes, ring 3 and ring 0",
        detail: """
            Ring 3 is the left lane, ring 0 the right one, time goes downward, and arrows show where the processor \
            crossed. It begins at the program's first instruction; COUNT shows the last instructions only. \
            Rounds of a loop after the second are one line. On a terminal narrower than 80 columns there is one lane.
            """,
        example: "lanes 20")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let count = arguments.isEmpty ? LearnSession.mostSteps : try session.stepCount(arguments, Self.spec)
        let terminal = session.output.terminal
        var renderer = LanesRenderer(
            columns: terminal.columns, isPlain: terminal.isPlain, symbols: try session.machine().symbols)
        var lines: [StyledText] = []
        try session.replay(most: count) { step, machine in
            lines += renderer.lines(for: step, after: machine.cpu.state)
        }
        session.output.print(lines + renderer.finish())
    }
}
