import Debugger

/// What the registers hold that a condition speaks of, for who did not make it come true.
enum ConditionReport {
    /// `EIP is program!return1, EAX is 19h.`; empty if the condition speaks of no register.
    static func sentence(_ condition: String, on machine: Machine) -> String {
        let words = condition.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "!" || $0 == "_") }
        var names: [String] = []
        for word in words.map(String.init) where Machine.registerNames.contains(word) && !names.contains(word) {
            names.append(word)
        }
        let values = names.compactMap { name in
            machine.register(named: name).map { "\(name.uppercased()) is \(text(UInt64($0), name, machine))" }
        }
        return values.isEmpty ? "" : values.joined(separator: ", ") + "."
    }

    private static func text(_ value: UInt64, _ name: String, _ machine: Machine) -> String {
        let location = name == "eip" ? machine.symbols.location(of: value) : nil
        return location.map { "\($0)" } ?? LiveValue.text(value)
    }
}
