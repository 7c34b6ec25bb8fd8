import Debugger

/// `zoom`: the inside of an executed instruction.
struct ZoomWord: Word {
    static let spec = WordSpec(
        name: "zoom", group: .running, usage: "zoom [ADDRESS]",
        summary: "open the last instruction, or the last one executed at ADDRESS, into its micro-steps",
        detail: """
            Each step comes with the rule of the manual and what was read, checked and pushed this time. For an \
            exception it shows the checks up to the one that failed, the error code bit by bit, and what the handler \
            finds on its stack. The closing lines count the accesses, beside those of the other doors.
            """,
        example: "zoom SharedUserData!SystemCall+2", completion: [.symbol])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        var reader = ArgumentReader(arguments, in: session)
        let address = try reader.optionalAddress()
        try reader.requireEnd(Self.spec)
        var found: (zoom: Zoom, text: String)?
        try session.replay(most: address == nil ? 1 : .max) { step, machine in
            guard address == nil || step.address == address else { return }
            let text = StepText(symbols: machine.symbols).text(of: step)
            found = (Zoom(step, names: PlaceNames(guest: machine)), text)
        }
        guard let found else { throw Self.notExecuted(address ?? 0) }
        let terminal = session.output.terminal
        let page = ZoomPage(
            found.zoom, instruction: found.text, columns: terminal.columns, isPlain: terminal.isPlain)
        session.output.print(page.lines)
    }

    private static func notExecuted(_ address: UInt32) -> WordError {
        WordError(
            "No instruction at \(Hex.digits(address)) has been executed since the program's start.",
            hint: "lanes shows which were.")
    }
}
