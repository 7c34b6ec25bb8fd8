import Debugger
import LessonEngine
import Spelling

/// Judges a line that is to be a number which the machine knows.
struct NumberGrader {
    let key: UInt64
    /// Where the mistakes of `feedback` have their values.
    let machine: Machine
    let feedback: [Feedback]
    /// What other numbers the learner may have taken for the key; asked only about a mistake that nobody foresaw.
    let slips: () -> [NumberSlip]

    /// Right if any usual reading of the line is the key.
    func grade(_ line: String) -> Grade {
        let readings = Self.readings(of: line, on: machine)
        guard let first = readings.first else {
            return Grade(
                .unclear("Answer with a number, such as 19h, 0x19 or 25, or with a symbol."), given: line.trimmed)
        }
        guard readings.contains(key) else { return wrong(line, first, readings) }
        if let other = mistake(among: readings.filter { $0 != key }) {
            return Grade(.unclear(Self.ask(line.trimmed, [key, other.value])), given: line.trimmed)
        }
        return Grade(.correct, given: Self.echo(line, as: key))
    }

    private func wrong(_ line: String, _ first: UInt64, _ readings: [UInt64]) -> Grade {
        if let mistake = mistake(among: readings) {
            return Grade(.wrong, given: Self.echo(line, as: mistake.value), feedback: mistake.say)
        }
        let slip = NumberSlip.only(of: slips(), among: readings)
        let understood = slip?.value ?? (readings.count == 1 ? first : nil)
        return Grade(
            .wrong, given: Self.echo(line, as: understood), feedback: slip.map { [.text($0.sentence)] } ?? [])
    }

    /// The answer as the learner wrote it, and as it was understood if that looks different: `10 (Ah)`.
    private static func echo(_ line: String, as value: UInt64?) -> String {
        let typed = line.trimmed
        guard let value else { return typed }
        let shown = LiveValue.text(value)
        return digits(typed) == digits(shown) && !isDecimal(typed, value) ? shown : "\(typed) (\(shown))"
    }

    /// What is left of a number without its marks.
    private static func digits(_ text: String) -> String {
        var digits = text.lowercased()[...]
        if digits.hasPrefix("0x") {
            digits = digits.dropFirst(2)
        } else if digits.hasSuffix("h") {
            digits = digits.dropLast()
        }
        let rest = digits.drop { $0 == "0" }
        return rest.isEmpty ? "0" : String(rest)
    }

    private static func isDecimal(_ typed: String, _ value: UInt64) -> Bool { value > 9 && typed == "\(value)" }

    private static func ask(_ line: String, _ values: [UInt64]) -> String {
        let forms = values.sorted().map { "0x\(String($0, radix: 16))" }.joined(separator: " or ")
        return "Is \(line) hexadecimal or decimal? Both readings are plausible here: write \(forms)."
    }

    private func mistake(among readings: [UInt64]) -> (value: UInt64, say: [MarkdownBlock])? {
        for feedback in feedback {
            guard let value = try? machine.evaluate(feedback.given.value) else { continue }
            if readings.contains(value) { return (value, feedback.say) }
        }
        return nil
    }

    /// Feedback that has no value, or that is for the key.
    var problems: [Diagnostic] {
        feedback.compactMap { feedback in
            guard let value = try? machine.evaluate(feedback.given.value) else {
                return Diagnostic.failure(of: feedback.given, on: machine)
            }
            guard value == key else { return nil }
            return .error(
                .badValue, at: feedback.given.location,
                "`\(feedback.given.value)` is \(LiveValue.text(value)) here, which is the correct answer",
                note: "feedback is for wrong answers; the explanation is shown for right ones")
        }
    }
}

// What a line may mean.
extension NumberGrader {
    /// Whether a line has the form of a number or of a symbol's name.
    static func isNumberLike(_ line: String) -> Bool {
        let line = line.trimmed
        if line.contains("!") || line.contains("+") { return (try? Expression(line)) != nil && !line.contains(" ") }
        guard !NumberReading.readings(of: line).isEmpty else { return false }
        // `db`, `dd` and `a` are debugger words as well as digits; an h or a third letter means a number.
        let isWord = line.allSatisfy(\.isLetter) && line.count < 3 && !line.lowercased().hasSuffix("h")
        return !isWord && (line.first?.isNumber == true || line.first == "-" || !line.contains(" "))
    }

    /// The numbers that a line may mean; none for a line that is no number and no symbol.
    static func readings(of line: String, on machine: Machine) -> [UInt64] {
        let numbers = NumberReading.readings(of: line).map(\.value)
        if !numbers.isEmpty { return numbers.map { $0 & 0xFFFF_FFFF } }
        guard let value = try? Expression(line).evaluate(in: SymbolContext(machine.symbols)) else { return [] }
        return [value]
    }

    /// A number in the hint that is the key gives it away; figures below ten are in every sentence.
    static func isGivenAway(_ key: UInt64, by hint: String) -> Bool {
        guard key >= 10 else { return false }
        let words = hint.split { !($0.isLetter || $0.isNumber) }
        return words.contains { word in
            word.contains(where: \.isNumber) && NumberReading.readings(of: String(word)).contains { $0.value == key }
        }
    }
}
