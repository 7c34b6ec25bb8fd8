import Debugger
import X86

/// A number near the key that a learner may have taken for it, and what it really is.
struct NumberSlip {
    let value: UInt64
    /// `That is EDX here.`
    let sentence: String

    /// Figures below this are in every register: they prove nothing about what somebody thought.
    private static let least: UInt64 = 10

    /// The one slip that explains an answer; nil if there is none, or if several would.
    static func only(of slips: [NumberSlip], among readings: [UInt64]) -> NumberSlip? {
        let matching = slips.filter { $0.value >= least && readings.contains($0.value) }
        return matching.count == 1 ? matching[0] : nil
    }

    /// How many doublewords from ESP on somebody may have in mind.
    private static let stackSlots: UInt32 = 8

    /// The registers, and what lies on top of the stack.
    static func nearby(on machine: Machine) -> [NumberSlip] {
        let registers = Register.allCases.map { ($0.name, machine.cpu[$0]) } + [("eip", machine.cpu.eip)]
        return registers.map { NumberSlip(value: UInt64($1), sentence: "That is \($0.uppercased()) here.") }
            + (0..<stackSlots).compactMap { slot(at: $0 * 4, on: machine) }
    }

    private static func slot(at offset: UInt32, on machine: Machine) -> NumberSlip? {
        let place = offset == 0 ? "[ESP]" : "[ESP+\(LiveValue.text(UInt64(offset)))]"
        guard let value = try? machine.evaluate("dwo(esp+\(String(offset, radix: 16)))") else { return nil }
        return NumberSlip(value: value, sentence: "That lies on the stack here, at \(place).")
    }

    /// What the key's own expression was before an instruction.
    /// - Parameter step: the instruction, on the machine that is about to execute it.
    static func before(_ value: UInt64?, _ step: TraceStep, asked expression: String) -> [NumberSlip] {
        guard let value else { return [] }
        let name = PredictQuestion.name(of: expression)
        return [
            NumberSlip(value: value, sentence: "That was \(name) before the \(step.code.mnemonic.uppercased()).")
        ]
    }
}
