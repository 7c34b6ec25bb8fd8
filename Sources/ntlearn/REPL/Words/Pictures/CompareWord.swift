import Debugger
import Lessons

/// `!diff`: the same call through another door.
struct CompareWord: Word {
    static let spec = WordSpec(
        name: "!diff", group: .running, usage: "!diff MACHINE [CPU]",
        summary: "compare the program's run with the same program on another machine",
        detail: """
            Both machines run the program of the machine at hand from its first instruction to the return of its \
            last call. Instructions of the same function with the same text are alike; the first difference is \
            marked. On a wide terminal both stand side by side, else - and + tell whose an instruction is. \
            The machine at hand stays where it is.
            """,
        example: "!diff int2e")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let tokens = arguments.tokens.map(\.text)
        guard (1...2).contains(tokens.count) else { throw .usage(Self.spec) }
        let request = session.machineRequest ?? LearnSession.defaultRequest
        var other = request
        other.machine = tokens[0]
        other.cpu = tokens.count > 1 ? tokens[1] : nil
        let terminal = session.output.terminal
        let page = DiffPage(
            try side(request, in: session), try side(other, in: session), columns: terminal.columns,
            isPlain: terminal.isPlain)
        session.output.print(page.lines)
    }

    private func side(_ request: MachineRequest, in session: LearnSession) throws(WordError) -> DiffPage.Side {
        do throws(MachineError) {
            let prepared = try session.machines.prepare(TraceRequest(machine: request))
            let trace = prepared.machine.trace(
                to: prepared.end, budget: DiffPage.mostSteps,
                isInterrupted: { InterruptFlag.keyboard.isRequested })
            return DiffPage.Side(name: request.machine, trace: trace, symbols: prepared.machine.symbols)
        } catch {
            throw WordError(error)
        }
    }
}
