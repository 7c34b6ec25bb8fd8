import Debugger
import LessonEngine
import Spelling

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
public struct ValueQuestion: Question {
    /// The words around it.
    public let text: QuestionText
    /// The moment that is asked about.
    public let point: MachinePoint
    /// The key, an expression.
    let answer: Located<String>
    /// What the machine says of an answer that is written as a figure.
    let proof: AnswerProof

    /// The key's value.
    public func key() throws -> UInt64 { try point.evaluate(answer.value) }

    /// The value as lessons print it.
    public func correctAnswer() throws -> String { LiveValue.text(try key()) }

    /// Numbers, and names that are no number's business: decided by form alone.
    public func couldBeAnswer(_ line: String) -> Bool { Self.isValueLike(line) }

    /// Whether a line has the form of a number or of a symbol's name.
    static func isValueLike(_ line: String) -> Bool {
        let line = line.trimmed
        if line.contains("!") || line.contains("+") { return (try? Expression(line)) != nil && !line.contains(" ") }
        guard !NumberReading.readings(of: line).isEmpty else { return false }
        // `db`, `dd` and `a` are debugger words as well as digits; an h or a third letter means a number.
        let isWord = line.allSatisfy(\.isLetter) && line.count < 3 && !line.lowercased().hasSuffix("h")
        return !isWord && (line.first?.isNumber == true || line.first == "-" || !line.contains(" "))
    }

    /// Right if any usual reading of the line is the key.
    public func grade(_ line: String) throws -> Grade {
        let machine = try point.machine()
        let key = try machine.evaluate(answer.value)
        let readings = Self.readings(of: line, on: machine)
        guard let first = readings.first else {
            return Grade(
                .unclear("Answer with a number, such as 19h, 0x19 or 25, or with a symbol."), given: line.trimmed
            )
        }
        guard readings.contains(key) else {
            let mistake = mistake(among: readings, on: machine)
            return Grade(.wrong, given: LiveValue.text(mistake?.value ?? first), feedback: mistake?.say ?? [])
        }
        if let other = mistake(among: readings.filter { $0 != key }, on: machine) {
            return Grade(.unclear(Self.ask(line.trimmed, [key, other.value])), given: line.trimmed)
        }
        return Grade(.correct, given: LiveValue.text(key))
    }

    private static func ask(_ line: String, _ values: [UInt64]) -> String {
        let forms = values.sorted().map { "0x\(String($0, radix: 16))" }.joined(separator: " or ")
        return "Is \(line) hexadecimal or decimal? Both readings are plausible here: write \(forms)."
    }

    /// The numbers that a line may mean; none for a line that is no number and no symbol.
    static func readings(of line: String, on machine: Machine) -> [UInt64] {
        let numbers = NumberReading.readings(of: line).map(\.value)
        if !numbers.isEmpty { return numbers.map { $0 & 0xFFFF_FFFF } }
        guard let value = try? Expression(line).evaluate(in: SymbolContext(machine.symbols)) else { return [] }
        return [value]
    }

    private func mistake(among readings: [UInt64], on machine: Machine) -> (value: UInt64, say: [MarkdownBlock])? {
        for feedback in text.feedback {
            guard let value = try? machine.evaluate(feedback.given.value) else { continue }
            if readings.contains(value) { return (value, feedback.say) }
        }
        return nil
    }

    /// A number in the hint that is the key gives it away; figures below ten are in every sentence.
    public func isGivenAway(by hint: String) -> Bool {
        guard let key = try? key(), key >= 10 else { return false }
        let words = hint.split { !($0.isLetter || $0.isNumber) }
        return words.contains { word in
            word.contains(where: \.isNumber) && NumberReading.readings(of: String(word)).contains { $0.value == key }
        }
    }

    /// The point is reached, the key has a value there, and every mistake differs from it.
    public func check() -> [Diagnostic] {
        let problems = point.check()
        guard problems.isEmpty, let machine = try? point.machine() else { return problems }
        guard let key = evaluate(answer, on: machine) else {
            return [Diagnostic.failure(of: answer, on: machine)].compactMap(\.self)
        }
        return proof.problems(of: answer, key, on: machine)
            + text.feedback.compactMap { feedback in
                guard let value = evaluate(feedback.given, on: machine) else {
                    return Diagnostic.failure(of: feedback.given, on: machine)
                }
                guard value == key else { return nil }
                return .error(
                    .badValue, at: feedback.given.location,
                    "`\(feedback.given.value)` is \(LiveValue.text(value)) here, which is the correct answer",
                    note: "feedback is for wrong answers; the explanation is shown for right ones")
            }
    }

    private func evaluate(_ expression: Located<String>, on machine: Machine) -> UInt64? {
        try? machine.evaluate(expression.value)
    }
}

/// Reads questions of type `value`.
struct ValueKind: QuestionKind {
    let name = "value"
    let expressionKeys: Set<String> = ["at", "answer", "check", "given"]
    let library: MachineLibrary

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        let machine = MachineFields(&fields, library: library)
        let at = fields.requiredString("at").flatMap { fields.isExpression($0) ? $0 : nil }
        let answer = fields.requiredString("answer").flatMap { fields.isExpression($0) ? $0 : nil }
        let proof = AnswerProof(check: fields.expression("check"))
        let mistakes = text.feedback.filter { !fields.isExpression($0.given) }
        guard let machine, let at, let answer, mistakes.isEmpty else { return nil }
        return ValueQuestion(
            text: text, point: MachinePoint(machine, at: at, library: library), answer: answer,
            proof: proof)
    }
}
