import Debugger
import Lessons

/// A variable of the program after a trace.
enum VariableText {
    /// A longer one shows only its beginning.
    private static let longest = 16

    /// `time = 01c4907f`ca26c000 at 00400040`
    static func line(_ variable: ProgramVariable, on machine: Machine, isPlain: Bool) -> StyledText {
        let place = "at \(Hex.digits(variable.address))"
        let value = value(variable, on: machine)
        guard !isPlain else { return StyledText("The variable \(variable.name) \(place) holds \(value).") }
        return StyledText("\(variable.name) = ") + StyledText(value, .changed) + StyledText(" \(place)", .dim)
    }

    private static func value(_ variable: ProgramVariable, on machine: Machine) -> String {
        if let number = variable.value(on: machine) {
            let digits = Hex.digits(number, width: variable.size * 2)
            return variable.size == 8 ? "\(digits.prefix(8))`\(digits.suffix(8))" : digits
        }
        let bytes = variable.bytes(on: machine)
        let shown = bytes.prefix(longest).map { Hex.digits([$0]) }.joined(separator: " ")
        return bytes.count > longest ? "\(shown) ..." : shown
    }
}
