import Debugger
import LessonEngine
import X86

/// One question that a topic is to write: how hard, what to draw from, and the quiz so far.
struct DrillTask {
    let level: DrillLevel
    let world: DrillWorld
    var draw: DrillDraw
    private let member: DrillSeries.Member
    private var keys: [(String, WrittenQuiz.Value)] = []
    private var feedback: [WrittenQuiz.Value] = []

    init(_ member: DrillSeries.Member, _ world: DrillWorld) {
        self.member = member
        self.world = world
        level = member.level
        draw = DrillDraw(member)
    }

    /// One of the machines that are asked about at a level: the usual ones at first, odd ones later.
    mutating func machine(_ kinds: [[(String, String)]] = Self.usualMachines) throws -> DrillMachine {
        let known = kinds.prefix(level.rawValue).flatMap(\.self)
        let (image, cpu) = try draw.pick(known)
        return try world.machine(image, cpu)
    }

    /// For each level the machines that it adds.
    static let usualMachines: [[(String, String)]] = [
        [("win2k", "pentium2"), ("xp", "pentium3")],
        [("xpsp2", "pentium3"), ("xp", "k6-2"), ("win2k", "pentium3")],
        [("xp", "pentium"), ("xp", "athlon"), ("xpsp2", "k6-2"), ("xp", "pentium-pro")],
    ]

    // MARK: Writing

    mutating func ask(_ text: String) { add("ask", text) }
    mutating func explain(_ text: String) { add("explain", text) }
    mutating func add(_ key: String, _ text: String) { keys.append((key, .text(text))) }

    /// What to say to an answer, and by which mistake it comes about.
    mutating func mistake(_ given: String, _ say: String) {
        feedback.append(.mapping([("given", .text(given)), ("say", .text(say))]))
    }

    /// The question: the value of an expression when a machine comes to an address for the first time.
    mutating func value(_ answer: String, on machine: DrillMachine, program: String, at address: String) -> WrittenQuiz
    {
        add("machine", machine.image)
        add("cpu", machine.cpu.name)
        add("program", program)
        add("at", address)
        add("answer", answer)
        return finished("value")
    }

    /// The question: one of several texts, in an order of chance. `say` is for whoever takes a wrong one.
    mutating func choice(_ answer: String, of choices: [(text: String, say: String)]) -> WrittenQuiz {
        let items = choices.map { choice -> WrittenQuiz.Value in
            var item: [(key: String, value: WrittenQuiz.Value)] = [("text", .text(choice.text))]
            if choice.text == answer {
                item.append(("correct", .text("yes")))
            } else if !choice.say.isEmpty {
                item.append(("say", .text(choice.say)))
            }
            return .mapping(item)
        }
        keys.append(("choices", .list(items)))
        add("shuffle", "yes")
        return finished("choice")
    }

    private func finished(_ type: String) -> WrittenQuiz {
        var quiz = WrittenQuiz(id: "level-\(level.rawValue)", type: type, seed: member.seed)
        for (key, value) in keys { quiz.add(key, value) }
        if !feedback.isEmpty { quiz.add("feedback", .list(feedback)) }
        return quiz
    }
}

// What the topics write again and again.
extension DrillTask {
    /// A number as lessons print it: `19h`.
    static func hex(_ value: UInt32) -> String { LiveValue.text(UInt64(value)) }

    /// A number as an expression reads it.
    static func literal(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }

    /// A number with a mark that an assembler and a learner read alike.
    static func written(_ value: UInt32) -> String { "0x" + String(value, radix: 16, uppercase: true) }

    /// Code between fences.
    static func code(_ lines: [String]) -> String { "```nasm\n" + lines.joined(separator: "\n") + "\n```" }

    /// Instructions with their addresses.
    static func listing(_ steps: [(address: UInt32, code: Disassembly)]) -> String {
        code(steps.map { "\(hex($0.address))".padded(to: 12) + $0.code.text })
    }

    static func listing(_ steps: [TraceStep]) -> String { listing(steps.map { ($0.address, $0.code) }) }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
