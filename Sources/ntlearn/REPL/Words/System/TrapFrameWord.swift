import Debugger
import Lessons

/// `.trap`: a trap frame's registers.
struct TrapFrameWord: Word {
    static let spec = WordSpec(
        name: ".trap", group: .system, usage: ".trap [ADDRESS]",
        summary: "show the registers that a trap frame holds",
        detail: """
            Without an address it takes the frame through which ring 3 came into the kernel. It only shows: unlike in \
            WinDbg, the words after it still speak of the machine as it is.
            """,
        example: ".trap", completion: [.register, .symbol])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var reader = ArgumentReader(arguments, in: session)
        let given = try reader.optionalAddress()
        try reader.requireEnd(Self.spec)
        guard let address = given ?? TrapFrame.current(on: machine) else {
            throw WordError(
                machine.cpu.cpl == 3
                    ? "There is no trap frame: the processor is in ring 3." : "The trap frame is not complete yet.",
                hint: "Step into the kernel until it is built, or give an address.")
        }
        guard let frame = TrapFrame(at: address, on: machine) else {
            throw WordError("The memory at \(Hex.digits(address)) is absent.", column: arguments.column)
        }
        session.output.print(StyledText("Trap frame at \(Hex.digits(address))", .heading))
        session.output.print(StyledText("ErrCode = \(Hex.digits(frame.errorCode))"))
        session.output.print(RegisterDisplay(state: frame.registers).lines)
        session.output.print(session.listing(on: machine).lines(at: frame.registers.eip, count: 1).lines)
        guard frame.isSystemCall else { return }
        session.output.say(
            "A system call saves neither EAX, ECX and EDX nor DS, ES and GS: these are not the caller's.")
    }
}
