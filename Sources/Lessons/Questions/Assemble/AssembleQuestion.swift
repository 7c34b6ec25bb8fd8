import Debugger
import LessonEngine
import Spelling
import X86

/// Write the instructions: they are assembled, run, and judged by what they did.
///
///     ```quiz id=write-the-stub
///     type: assemble
///     machine: xp
///     before: push 0x44
///     ask: Write the three instructions that ask for service 19h, separated by semicolons.
///     goal: eax == 0xC0000008
///     answer: "mov eax, 0x19; mov edx, 0x7FFE0300; call [edx]"
///     ```
public struct AssembleQuestion: ProvableQuestion {
    /// The words around it.
    public let text: QuestionText

    /// The machine, which runs nothing yet.
    let machine: MachineRequest
    let before: Located<String>?
    let after: Located<String>?
    /// Where it is judged; the first instruction behind the answer if the author did not say.
    let at: Located<String>?
    let goal: Located<String>
    let answer: Located<String>
    let places: AssemblePlaces
    let library: MachineLibrary

    /// The program without anybody's answer.
    public var request: MachineRequest { request(running: program("")) }

    /// What to type.
    public var answerForm: String? { "Write instructions in NASM's syntax, with semicolons between them." }

    /// The author's own answer.
    /// - Throws: that it does not reach the goal.
    public func correctAnswer() throws -> String {
        guard case .arrived(let machine) = try AnswerRun(self).run(answer.value), holds(goal, on: machine) else {
            throw MachineError("the lesson's own answer does not reach the goal", kind: .run)
        }
        return answer.value.trimmed
    }

    /// Lines that begin with an instruction or a label.
    public func couldBeAnswer(_ line: String) -> Bool {
        let first = line.trimmed.prefix { !$0.isWhitespace && $0 != ";" }
        if first.hasSuffix(":"), first.count > 1 { return true }
        // `wrmsr 176 5` is a word of the prompt; the instruction takes no operands.
        if ["wrmsr", "rdmsr"].contains(first.lowercased()) {
            return line.trimmed.dropFirst(5).trimmed.first ?? ";" == ";"
        }
        return Self.mnemonics.contains(first.lowercased())
    }

    private static let mnemonics = Set(InstructionReference.mnemonics)

    func program(_ line: String) -> AnswerProgram {
        AnswerProgram(before: before?.value ?? "", answer: line, after: after?.value ?? Self.end)
    }

    /// Where nothing stands behind the answer, nothing is to happen there: HLT faults in ring 3.
    private static let end = "    hlt"

    func request(running program: AnswerProgram) -> MachineRequest {
        var request = machine
        request.program = .assembly(program.source)
        return request
    }

    /// The place of judgement, an expression.
    var place: String { at?.value ?? "program!after" }

    func holds(_ condition: Located<String>, on machine: Machine) -> Bool {
        ((try? machine.evaluate(condition.value)) ?? 0) != 0
    }

    /// Right if the goal holds where it is judged.
    public func grade(_ line: String) throws -> Grade {
        let given = line.trimmed
        switch try AnswerRun(self).run(line) {
        case .refused(let why): return Grade(.unclear(why), given: given)
        case .missed(let why): return Grade(.wrong, given: given, feedback: [.text(why)])
        case .arrived(let machine):
            if holds(goal, on: machine) { return Grade(.correct, given: given) }
            let say = text.feedback.first { holds($0.given, on: machine) }?.say ?? []
            return Grade(.wrong, given: given, feedback: [.text(report(on: machine))] + say)
        }
    }

    func report(on machine: Machine) -> String {
        let report = ConditionReport.sentence(goal.value, on: machine)
        let place = at == nil ? "Behind your instructions" : "At \(place)"
        return report.isEmpty ? "Your instructions run, but do not do what is asked for." : "\(place) \(report)"
    }

    /// The first steps of the author's answer.
    public func proof() throws -> Proof {
        let machine = try library.machine(for: request(running: program(answer.value)))
        try library.reach(
            try MachineLibrary.address("program!answer", on: machine), "program!answer", on: machine)
        let end = try MachineLibrary.address(place, on: machine)
        return Proof(
            heading: "\(answer.value.trimmed) on the machine:", trace: machine.trace(to: end, budget: Self.proofLength),
            symbols: machine.symbols)
    }

    private static let proofLength = 16
}
