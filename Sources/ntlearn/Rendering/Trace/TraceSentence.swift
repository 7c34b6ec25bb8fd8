import Debugger
import X86

/// The steps of a trace as sentences, for a screen reader.
enum TraceSentence {
    static func lines(_ step: TraceStep, _ text: String, _ changes: [StepChange]) -> [StyledText] {
        let place = step.location.map { "\($0)" } ?? Hex.digits(step.address)
        let event = interruption(of: step).map { "\($0) before \(text)" } ?? text
        let instruction = StyledText(sentence("Ring \(step.before.cpl), \(place): \(event)", changes))
        let faults = step.effects.compactMap { effect -> StyledText? in
            guard case .raise(let exception) = effect else { return nil }
            return StyledText("Exception \(self.text(of: exception)).")
        }
        let crossing = RingCrossing(step).map {
            [StyledText("The ring changes from \($0.from) to \($0.to): \($0.door).")]
        }
        return [instruction] + faults + (crossing ?? [])
    }

    /// `Beginning; eax becomes 00000019, esp becomes 0012fff0.`
    static func sentence(_ beginning: String, _ changes: [StepChange]) -> String {
        guard !changes.isEmpty else { return beginning + "." }
        return "\(beginning); \(changes.map(\.spoken).joined(separator: ", "))."
    }

    /// `an external interrupt, vector 30h, arrives`; nil for a step that executed an instruction.
    static func interruption(of step: TraceStep) -> String? {
        guard case .interrupt(let vector) = step.outcome else { return nil }
        let vectorOfNMI: UInt8 = 2
        return vector == vectorOfNMI
            ? "a non-maskable interrupt arrives" : "an external interrupt, vector \(Hex.manual(vector)), arrives"
    }

    /// `#PF (error code 5, address 80001000): ring 3 touched a supervisor page`
    static func text(of exception: Exception) -> String {
        let details = [
            exception.errorCode.map { "error code \(Hex.manual($0))" },
            exception.address.map { "address \(Hex.digits($0))" },
        ].compactMap(\.self)
        let behind = details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
        return "\(exception.vector.mnemonic)\(behind): \(exception.check.explanation)"
    }
}
