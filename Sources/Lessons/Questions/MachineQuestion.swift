import Debugger
import LessonEngine
import X86

/// A question about a machine.
public protocol MachineQuestion: Question {
    /// What the machine runs that a learner may look at while the question is open.
    var request: MachineRequest { get }
}

/// A question whose key steps of a machine prove.
public protocol ProvableQuestion: MachineQuestion {
    /// The steps that prove the key.
    /// - Throws: that the machine, or the run, is not what the question needs.
    func proof() throws -> Proof
}

/// Steps of a machine that prove an answer.
public struct Proof: Sendable {
    /// What they are, a sentence that ends in a colon.
    public let heading: String
    /// The steps.
    public let trace: Trace
    /// The names of the machine's addresses.
    public let symbols: SymbolTable
}

extension TraceStep {
    /// The instruction as it stands in prose: `mov edx, esp`.
    public var prose: String {
        code.text.split(separator: " ").joined(separator: " ").replacing(", ", with: ",").replacing(",", with: ", ")
    }
}
