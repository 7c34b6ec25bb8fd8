import Debugger
import Lessons

/// `k`: who called whom.
struct StackWord: Word {
    static let spec = WordSpec(
        name: "k", group: .system, usage: "k", summary: "show the call stack, from the kernel on into the program",
        detail: """
            Each line is a function that has not returned: where its frame lies, where it returns to, and where it is. \
            In the kernel the stack goes on, through the trap frame, where ring 3 was left. Where a function has set up no \
            frame of its own, the nearest return address on the stack stands for it, as in WinDbg without symbol files.
            """,
        example: "k")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        let machine = try session.machine()
        let stack = CallStack(of: machine)
        session.output.print(StyledText("ChildEBP RetAddr", .heading))
        var ring = stack.frames.first?.ring
        for frame in stack.frames {
            if frame.ring != ring { session.output.print(StyledText("-- ring \(frame.ring) --", .user)) }
            ring = frame.ring
            session.output.print(Self.line(frame, machine.symbols))
        }
        if ring == 0, machine.cpu.tr.selector != 0 {
            session.output.say("The frame that leads back to ring 3 is not built yet, or is gone already.")
        }
    }

    private static func line(_ frame: CallStack.Frame, _ symbols: SymbolTable) -> StyledText {
        let place = symbols.location(of: UInt64(frame.address)).map { "\($0)" } ?? Hex.digits(frame.address)
        let target = frame.returnAddress.map { Hex.digits($0) } ?? "        "
        let trap = frame.trapFrame.map { " (TrapFrame @ \(Hex.digits($0)))" } ?? ""
        return StyledText("\(Hex.digits(frame.frame)) \(target) ")
            + StyledText(place, frame.ring == 3 ? .user : .kernel) + StyledText(trap)
    }
}
