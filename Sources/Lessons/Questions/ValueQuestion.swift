import Debugger
import LessonEngine

/// A question whose answer is a number that the machine knows.
///
///     ```quiz id=eax-at-the-door
///     type: value
///     machine: sysenter
///     call: NtClose(0x44)
///     at: nt!KiFastCallEntry
///     ask: What does EAX hold when the first kernel instruction is about to execute?
///     answer: eax
///     feedback:
///       - {given: edx, say: "That is EDX: the user stack pointer."}
///     ```
///
/// Learners may write the number in any usual notation, or name an address by its symbol. Asking the machine
/// for the very register is no answer.
public struct ValueQuestion: ProvableQuestion {
    /// The words around it.
    public let text: QuestionText
    /// The moment that is asked about.
    public let point: MachinePoint
    /// The key, an expression.
    let answer: Located<String>
    /// What the machine says of an answer that is written as a figure.
    let confirmation: Confirmation

    /// That of the moment.
    public var request: MachineRequest { point.request }

    /// The key's value.
    public func key() throws -> UInt64 { try point.evaluate(answer.value) }

    /// The value as lessons print it.
    public func correctAnswer() throws -> String { LiveValue.text(try key()) }

    /// Numbers, and names that are no number's business: decided by form alone.
    public func couldBeAnswer(_ line: String) -> Bool { NumberGrader.isNumberLike(line) }

    /// Right if any usual reading of the line is the key.
    public func grade(_ line: String) throws -> Grade {
        let machine = try point.machine()
        return grader(try machine.evaluate(answer.value), on: machine).grade(line)
    }

    private func grader(_ key: UInt64, on machine: Machine) -> NumberGrader {
        NumberGrader(key: key, machine: machine, feedback: text.feedback) {
            NumberSlip.nearby(on: machine) + before
        }
    }

    private var before: [NumberSlip] {
        guard let machine = (try? point.machineBefore()) ?? nil else { return [] }
        return NumberSlip.before(try? machine.evaluate(answer.value), machine.nextStep(), asked: answer.value)
    }

    /// The last steps before the moment.
    public func proof() throws -> Proof {
        Proof(
            heading: "The last steps before \(point.at):", trace: try point.proof(),
            symbols: try point.machine().symbols)
    }

    /// Whether the hint holds the number.
    public func isGivenAway(by hint: String) -> Bool {
        (try? key()).map { NumberGrader.isGivenAway($0, by: hint) } ?? false
    }

    /// The point is reached, the key has a value there, and every mistake differs from it.
    public func check() -> [Diagnostic] {
        let machine: Machine
        do throws(MachineError) { machine = try point.machine() } catch { return point.problems(of: error) }
        guard let key = try? machine.evaluate(answer.value) else {
            return [Diagnostic.failure(of: answer, on: machine)].compactMap(\.self)
        }
        return confirmation.problems(of: answer, key, on: machine) + grader(key, on: machine).problems
    }
}

/// Reads questions of type `value`.
struct ValueKind: QuestionKind {
    let name = "value"
    let expressionKeys: Set<String> = ["at", "answer", "check", "given"]
    let library: MachineLibrary

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        let confirmation = Confirmation(check: fields.expression("check"), isWritten: fields.has("check"))
        guard let (point, answer) = fields.pointAndAnswer(text, library: library) else { return nil }
        return ValueQuestion(text: text, point: point, answer: answer, confirmation: confirmation)
    }
}

extension Fields {
    /// `at` and `answer` on a machine, as questions about one moment have them.
    mutating func pointAndAnswer(
        _ text: QuestionText, library: MachineLibrary
    ) -> (MachinePoint, answer: Located<String>)? {
        let machine = MachineFields(&self, library: library)
        let at = requiredExpression("at")
        let answer = requiredExpression("answer")
        let mistakes = text.feedback.filter { !isExpression($0.given) }
        guard let machine, let at, let answer, mistakes.isEmpty else { return nil }
        return (MachinePoint(machine, at: at, library: library), answer)
    }
}
