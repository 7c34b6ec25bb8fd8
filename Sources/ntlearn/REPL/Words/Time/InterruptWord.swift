import Debugger
import X86

/// `!irq`: requests an interrupt.
struct InterruptWord: Word {
    static let spec = WordSpec(
        name: "!irq", group: .time, usage: "!irq VECTOR | nmi", summary: "request an interrupt from outside",
        detail: """
            VECTOR is 20 to FF, hexadecimal; the processor takes it at the next boundary between instructions at which IF \
            is set, and it wakes a halted processor. nmi comes whatever IF is. It is kept with its step, so that going \
            back and forth in time meets it again.
            """,
        example: "!irq 30")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        guard arguments.rest.lowercased() != "nmi" else {
            try session.timelineOnwards().requestNMI()
            return session.output.say("An NMI is requested; the next step takes it.")
        }
        var reader = ArgumentReader(arguments, in: session)
        let value = try reader.expression()
        try reader.requireEnd(Self.spec)
        guard let vector = UInt8(exactly: value), vector >= 0x20 else {
            throw WordError(
                "An interrupt from outside has a vector from 20 to ff.", hint: LearnSession.radixHint,
                column: arguments.column)
        }
        let timeline = try session.timelineOnwards()
        timeline.requestInterrupt(vector: vector)
        let isEnabled = timeline.machine.cpu.eflags & Flags.interrupt != 0
        let when = isEnabled ? "the next step takes it." : "it waits until IF is set."
        session.output.say(StyledText("Interrupt \(Hex.digits(UInt64(vector), width: 2)) is requested; \(when)"))
    }
}
