import Debugger

/// `!tt`: goes to a recorded moment.
struct TravelWord: Word {
    static let spec = WordSpec(
        name: "!tt", group: .time, usage: "!tt STEP | start | end | MARK", summary: "go to a recorded moment",
        detail: """
            STEP counts instructions since power-on, in decimal, as the prompt and !positions show them. Going there \
            changes nothing of the recording.
            """,
        example: "!tt start", completion: [.mark])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let timeline = try session.timeline()
        let name = arguments.rest
        let origin = timeline.moment
        if let mark = timeline.mark(named: name) {
            timeline.seek(to: mark.moment, monitor: session.travelMonitor)
        } else if name == "end" {
            timeline.seek(to: timeline.end, monitor: session.travelMonitor)
        } else if let step = Int(name) {
            guard (timeline.start...timeline.end).contains(step) else {
                throw WordError(
                    "Step \(step) is not recorded.", hint: "The recording has the steps 0 to \(timeline.end).",
                    column: arguments.column)
            }
            timeline.seek(to: step, monitor: session.travelMonitor)
        } else {
            throw WordError(
                "\"\(name.prefix(30))\" is neither a step nor a mark.", hint: "!positions lists the marks.",
                column: arguments.column)
        }
        session.leaveKernelBackwards(on: timeline, from: origin)
        session.showArrival(on: timeline)
    }
}

/// `!positions`: lists what one can go to.
struct PositionsWord: Word {
    static let spec = WordSpec(
        name: "!positions", group: .time, usage: "!positions",
        summary: "list the marks, your changes and the ends of the recording", example: "!positions")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        let timeline = try session.timeline()
        var rows: [(step: Int, text: String)] = [(timeline.start, "power-on")]
        rows += timeline.marks.map { ($0.moment.step, $0.name) }
        rows += timeline.events.map { ($0.step, "your change: \($0)") }
        if timeline.isInPast { rows.append((timeline.position, "you are here")) }
        rows.append((timeline.end, timeline.isInPast ? "end" : "end; you are here"))
        for row in rows.enumerated().sorted(by: { ($0.element.step, $0.offset) < ($1.element.step, $1.offset) }) {
            let number = String(row.element.step)
            session.output.print(StyledText(spaces(10 - number.count) + number + "  " + row.element.text))
        }
    }
}

/// `!mark`: names the present moment.
struct MarkWord: Word {
    static let spec = WordSpec(
        name: "!mark", group: .time, usage: "!mark NAME", summary: "give the present moment a name for !tt",
        example: "!mark here")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard !arguments.isEmpty else { throw .usage(Self.spec) }
        let name = arguments.rest
        guard Self.isName(name) else {
            throw WordError(
                "\"\(name.prefix(30))\" cannot be a mark's name.",
                hint: "A name has up to 30 letters, digits, - and _, begins with a letter, and is not end or start.",
                column: arguments.column)
        }
        let timeline = try session.timeline()
        timeline.mark(name)
        session.output.say(StyledText("Step \(timeline.position) is called \(name)."))
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.first, first.isASCII, first.isLetter, name.count <= 30 else { return false }
        return !["end", LearnSession.startMark].contains(name)
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
