import Debugger
import X86

/// Assembles a learner's instructions and runs them to where they are judged.
struct AnswerRun {
    let question: AssembleQuestion

    init(_ question: AssembleQuestion) { self.question = question }

    /// What came of an answer.
    enum Outcome {
        /// It is no answer yet: why, in a sentence with the column.
        case refused(String)
        /// It does not come to where it is judged: why, in a sentence.
        case missed(String)
        /// The machine, where the answer is judged.
        case arrived(Machine)
    }

    /// - Throws: what is wrong with the question itself.
    func run(_ line: String) throws(MachineError) -> Outcome {
        let program = question.program(line)
        guard !program.pieces.isEmpty else { return .refused(question.answerForm ?? "") }
        let request = question.request(running: program)
        let machine: Machine
        do throws(MachineError) { machine = try question.library.machine(for: request) } catch {
            guard let refusal = refusal(error, program) else { throw error }
            return .refused(refusal)
        }
        let address = try MachineLibrary.address(question.place, on: machine)
        let end = machine.run(to: address)
        return end == .reached ? .arrived(machine) : .missed(try why(end, request))
    }

    /// The assembler's first finding in the learner's line, or that the program has grown too long.
    private func refusal(_ error: MachineError, _ program: AnswerProgram) -> String? {
        if error.kind == .request, error.diagnostics.isEmpty, isSound { return "\(error.message.capitalisedFirst)." }
        for found in error.diagnostics {
            guard case .answer(let column) = program.place(of: found) else { continue }
            let note = found.note.map { " \($0.capitalisedFirst)." } ?? ""
            return "Column \(column): \(found.message.capitalisedFirst).\(note)"
        }
        // The author's lines are sound by themselves: the answer has broken them, with a label for instance.
        return isSound ? error.diagnostics.first.map { "\($0.message.capitalisedFirst)." } : nil
    }

    /// Whether the program assembles without the learner's lines.
    private var isSound: Bool { (try? question.library.image(for: question.request)) != nil }

    /// Why the place was not reached.
    private func why(_ end: Machine.RunEnd, _ request: MachineRequest) throws(MachineError) -> String {
        if let fault = try firstFault(of: request) { return fault }
        switch end {
        case .halted: return "The machine halted before it came to \(question.place)."
        case .shutdown: return "The processor shut down before it came to \(question.place): a triple fault."
        case .budget, .reached, .interrupted:
            return "The machine had not come to \(question.place) after \(Machine.defaultBudget) instructions."
        }
    }

    /// More steps than a few instructions and a system call take.
    private static let searched = 20_000

    private func firstFault(of request: MachineRequest) throws(MachineError) -> String? {
        let machine = try question.library.machine(for: request)
        let start = try MachineLibrary.address("program!answer", on: machine)
        guard machine.run(to: start) == .reached else { return nil }
        var fault: String?
        machine.record(to: nil, budget: Self.searched, isInterrupted: { fault != nil }) { step in
            guard fault == nil, let exception = step.exception else { return }
            fault = "`\(step.prose)` raises \(Self.text(of: exception))."
        }
        return fault
    }

    /// `#PF (error code 5, address 80001000h): ring 3 touched a supervisor page`
    private static func text(of exception: Exception) -> String {
        let details = [
            exception.errorCode.map { "error code \(LiveValue.text(UInt64($0)))" },
            exception.address.map { "address \(LiveValue.text(UInt64($0)))" },
        ].compactMap(\.self)
        let behind = details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
        return "\(exception.vector.mnemonic)\(behind): \(exception.check.explanation)"
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
