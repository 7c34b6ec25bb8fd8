import Debugger
import LessonEngine
import X86

/// What will a value be after the next instruction? The machine stands before it; once the learner has answered, it
/// executes.
///
///     ```quiz id=after-the-call
///     type: predict
///     machine: sysenter
///     call: NtClose(0x44)
///     at: program!main
///     ask: What will ESP be after this PUSH?
///     answer: esp
///     ```
///
/// Inside a trace a prediction is written shorter; see ``TraceBlock``.
public struct PredictQuestion: ProvableQuestion {
    /// The words around it; without a question if the author left it to the machine, see ``worded()``.
    public let text: QuestionText
    /// The moment before the instruction.
    public let point: MachinePoint
    /// The value that is asked for, an expression that is evaluated behind the instruction.
    let answer: Located<String>

    /// An instruction that was executed, and what there is behind it.
    public struct Outcome {
        /// The instruction.
        public let step: TraceStep
        /// Just behind it.
        public let machine: Machine
        /// What the learner is asked for, before it.
        let valueBefore: UInt64?
    }

    /// That of the moment.
    public var request: MachineRequest { point.request }

    /// Executes the instruction.
    public func outcome() throws(MachineError) -> Outcome {
        let machine = try point.machine()
        let before = try? machine.evaluate(answer.value)
        guard !machine.hasStopped else {
            throw MachineError("the machine has stopped at \(point.at): no instruction executes there", kind: .run)
        }
        return Outcome(step: machine.step(), machine: machine, valueBefore: before)
    }

    /// The value behind the instruction, as lessons print it.
    public func correctAnswer() throws -> String { LiveValue.text(try outcome().machine.evaluate(answer.value)) }

    /// As for a value: numbers, and symbols.
    public func couldBeAnswer(_ line: String) -> Bool { NumberGrader.isNumberLike(line) }

    /// Right if any usual reading of the line is the value behind the instruction.
    public func grade(_ line: String) throws -> Grade {
        let outcome = try outcome()
        return grader(try outcome.machine.evaluate(answer.value), outcome).grade(line)
    }

    private func grader(_ key: UInt64, _ outcome: Outcome) -> NumberGrader {
        NumberGrader(key: key, machine: outcome.machine, feedback: text.feedback) {
            NumberSlip.nearby(on: outcome.machine)
                + NumberSlip.before(outcome.valueBefore, outcome.step, asked: answer.value)
        }
    }

    /// The last steps, with the instruction.
    public func proof() throws -> Proof {
        let outcome = try outcome()
        return Proof(
            heading: "The last steps, with the \(outcome.step.code.mnemonic.uppercased()):",
            trace: try point.proof(further: 1), symbols: outcome.machine.symbols)
    }

    /// Whether the hint holds the number.
    public func isGivenAway(by hint: String) -> Bool {
        guard let key = try? outcome().machine.evaluate(answer.value) else { return false }
        return NumberGrader.isGivenAway(key, by: hint)
    }

    /// The instruction is reached, the key has a value behind it, and every mistake differs from it.
    public func check() -> [Diagnostic] {
        do throws(MachineError) {
            let outcome = try outcome()
            guard let key = try? outcome.machine.evaluate(answer.value) else {
                return [Diagnostic.failure(of: answer, on: outcome.machine)].compactMap(\.self)
            }
            return grader(key, outcome).problems
        } catch {
            return point.problems(of: error)
        }
    }
}

// The question that an author need not write.
extension PredictQuestion {
    /// The same question, put by the machine if the author did not: "What will EDX be after `mov edx, esp`?"
    public func worded() -> PredictQuestion {
        guard text.ask.isEmpty, let step = (try? point.machine())?.nextStep() else { return self }
        let question: [Inline] = [
            .text("What will \(Self.name(of: answer.value)) be after "), .code(step.prose), .text("?"),
        ]
        return PredictQuestion(text: text.asking(also: [.paragraph(question)]), point: point, answer: answer)
    }

    /// An expression in a sentence: registers as the manuals write them.
    static func name(of expression: String) -> String {
        let name = expression.lowercased().drop { $0 == "@" }
        return Machine.registerNames.contains(String(name)) ? name.uppercased() : expression
    }
}

/// Reads questions of type `predict`.
struct PredictKind: QuestionKind {
    let name = "predict"
    let expressionKeys: Set<String> = ["at", "answer", "given"]
    let library: MachineLibrary

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        guard let (point, answer) = fields.pointAndAnswer(text, library: library) else { return nil }
        return PredictQuestion(text: text, point: point, answer: answer)
    }
}
