import Debugger
import X86

/// `writer`: what last wrote a register or memory.
struct WriterWord: Word {
    static let spec = WordSpec(
        name: "writer", group: .time, usage: "writer REGISTER | ADDRESS [1 | 2 | 4] | msr(INDEX)",
        summary: "go back to the instruction that last changed a register, or wrote memory or an MSR",
        detail: """
            It shows what the instruction did and where the value came from, and stops before it: writer again finds the \
            one before, and writer of what it read follows the value back. A number or @REGISTER+0 is an address; 4 bytes \
            unless told. !tt end returns.
            """,
        example: "writer eax", completion: [.register, .symbol])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.requireKernelView(Self.spec)
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let target = try Self.target(arguments, in: session)
        let timeline = try session.timeline()
        switch timeline.findWriter(of: target, monitor: session.travelMonitor) {
        case .interrupted: session.output.say("Interrupted.")
        case .nothing: session.output.say("Nothing has written it since power-on: it is as it was made.")
        case .found(let writer): session.show(writer, of: target, on: timeline.machine)
        }
    }

    private static func target(
        _ arguments: WordArguments, in session: LearnSession
    ) throws(WordError) -> WriterTarget {
        let name = String(arguments.rest.lowercased().drop { $0 == "@" })
        if let register = WriterTarget(registerNamed: name) { return register }
        if name.hasPrefix("msr("), name.hasSuffix(")") {
            let index = String(name.dropFirst(4).dropLast())
            let value = try session.value(of: WordArguments(word: "", rest: index, column: arguments.column + 4))
            return .modelSpecific(UInt32(truncatingIfNeeded: value))
        }
        var reader = ArgumentReader(arguments, in: session)
        let address = try reader.address()
        guard !reader.isAtEnd else { return .memory(address: address, size: 4) }
        let column = reader.column
        let size = try reader.expression()
        try reader.requireEnd(spec)
        guard [1, 2, 4].contains(size) else {
            throw WordError("writer looks at 1, 2 or 4 bytes, not \(size).", column: column)
        }
        return .memory(address: address, size: Int(size))
    }
}

extension LearnSession {
    fileprivate func show(_ writer: Writer, of target: WriterTarget, on machine: Machine) {
        debugger.nextAddress["u"] = nil
        let digits = Self.digits(of: target)
        let (old, new) = (Self.text(writer.old, digits), Self.text(writer.new, digits))
        let what = "\(Self.name(of: target)) from \(old) to \(new)"
        switch writer.cause {
        case .edit(let applied):
            output.say(StyledText("At step \(writer.step) you changed \(what): \(applied.edit)"))
        case .instruction(let step):
            output.say(StyledText("Step \(writer.step) changed \(what):"))
            let place = step.location.map { "\($0): " } ?? ""
            output.print(StyledText("  \(place)\(step.code.text)"))
            for source in Self.sources(of: step) { output.print(StyledText("  " + source)) }
            if let exception = step.exception { output.say(StyledText("  It raised \(exception.vector).")) }
        }
        output.say(StyledText("The machine is before it. !tt end returns.", .dim))
    }

    private static func name(of target: WriterTarget) -> String {
        switch target {
        case .register(let name): name
        case .memory(let address, 1): "the byte at \(NumberFormat.padded(address, to: 8))"
        case .memory(let address, let size): "the \(size) bytes at \(NumberFormat.padded(address, to: 8))"
        case .modelSpecific(let index): "MSR \(NumberFormat.padded(index, to: 1))"
        }
    }

    private static func digits(of target: WriterTarget) -> Int {
        if case .memory(_, let size) = target { return size * 2 }
        return 8
    }

    private static func text(_ value: UInt64?, _ digits: Int) -> String {
        value.map { NumberFormat.padded($0, to: digits) } ?? "nothing"
    }

    /// Where the values that an instruction used came from.
    private static func sources(of step: TraceStep) -> [String] {
        step.effects.compactMap { effect in
            switch effect {
            case .read(let address, let size, let value, let purpose):
                let kind = purpose == .operand ? "memory" : purpose == .taskState ? "the TSS" : "a descriptor"
                return "read \(NumberFormat.padded(value, to: Int(size) * 2)) from \(kind) at "
                    + NumberFormat.padded(address, to: 8)
            case .readMSR(let index, let value):
                return "read \(NumberFormat.padded(value, to: 8)) from MSR \(NumberFormat.padded(index, to: 1))"
            default: return nil
            }
        }
    }
}
