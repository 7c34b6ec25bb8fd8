import Debugger
import Lessons
import Spelling
import X86

/// `.machine`: another machine.
struct MachineWord: Word {
    static let spec = WordSpec(
        name: ".machine", group: .time, usage: ".machine [NAME [CPU]]",
        summary: "take another machine, on another processor, running the same program",
        detail: "Without a name it tells which machine is at hand and which there are.", example: ".machine xp k6-2",
        completion: [.machine])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let tokens = arguments.tokens
        guard let name = tokens.first else { return session.showMachines() }
        guard tokens.count < 3 else { throw .usage(Self.spec) }
        guard session.machineNames.contains(name.text) else {
            let near = didYouMean(name.text, among: session.machineNames).map { "Did you mean \"\($0)\"?" }
            throw WordError(
                "There is no machine called \"\(name.text.prefix(40))\".",
                hint: near ?? "The machines are \(session.machineNames.joined(separator: ", ")).", column: name.column)
        }
        var request = session.machineRequest ?? LearnSession.defaultRequest
        request.machine = name.text
        request.cpu = tokens.dropFirst().first?.text
        try session.takeMachine(request, column: (tokens.count > 1 ? tokens[1] : name).column)
    }
}

/// `.restart`: the same machine from the beginning.
struct RestartWord: Word {
    static let spec = WordSpec(
        name: ".restart", group: .time, usage: ".restart",
        summary: "begin again with the same machine; breakpoints stay, changes and marks go",
        detail: "A challenge begins again where it handed the machine over.", example: ".restart")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        let breakpoints = session.debugger.breakpoints
        try session.takeMachine(session.machineRequest ?? LearnSession.defaultRequest, column: nil)
        session.debugger.breakpoints = breakpoints
    }
}

extension LearnSession {
    /// What `.machine` takes.
    var machineNames: [String] { machines.names + MachineLibrary.shorthands.map(\.name) }

    fileprivate func showMachines() {
        let request = machineRequest ?? Self.defaultRequest
        let cpu = (try? machines.model(for: request))?.name ?? "?"
        output.say(
            StyledText("At hand: \(request.machine) on \(cpu). Machines: \(machineNames.joined(separator: ", "))."))
        output.say(StyledText("Processors: \(CPUModel.all.map(\.name).joined(separator: ", "))."))
    }

    /// Makes a machine before the old one is let go, so that a wrong name loses nothing.
    fileprivate func takeMachine(_ request: MachineRequest, column: Int?) throws(WordError) {
        let old = (debugger, machineRequest, machineStart)
        debugger = DebuggerState()
        if request != machineRequest { machineStart = nil }
        machineRequest = request
        do throws(WordError) {
            showNext(of: try machine())
        } catch {
            (debugger, machineRequest, machineStart) = old
            throw WordError(error.message, hint: error.hint, column: column)
        }
    }
}
