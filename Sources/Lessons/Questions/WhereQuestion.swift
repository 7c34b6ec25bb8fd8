import Debugger
import LessonEngine
import Spelling

/// At which instruction does something happen? The key is the address of the instruction after which a condition
/// first holds.
///
///     ```quiz id=where-the-ring-changes
///     type: where
///     machine: sysenter
///     call: NtClose(0x44)
///     from: ntdll!NtClose
///     to: nt!KiSystemService
///     ask: Which instruction takes the processor to ring 0?
///     answer: cpl == 0
///     ```
public struct WhereQuestion: ProvableQuestion {
    /// The words around it.
    public let text: QuestionText
    /// The stretch of the run that is asked about.
    public let stretch: TraceRequest

    let condition: Located<String>
    let places: MachinePlaces
    let library: MachineLibrary

    /// What to type.
    public var answerForm: String? { "Answer with the instruction's address, such as 401000h, or a symbol and offset." }

    /// That of the stretch.
    public var request: MachineRequest { stretch.machine }

    /// The instruction's address, and the machine behind it.
    public func key() throws(MachineError) -> (address: UInt64, machine: Machine) {
        let prepared = try library.prepare(stretch)
        let machine = prepared.machine
        guard !holds(on: machine) else {
            throw MachineError("`\(condition.value)` holds already where the stretch begins", kind: .run)
        }
        for _ in 0..<TraceBlock.budget where machine.cpu.eip != prepared.end {
            let address = UInt64(machine.cpu.eip)
            guard case .budget = machine.run(to: nil, budget: 1) else { break }
            if holds(on: machine) { return (address, machine) }
        }
        throw MachineError("`\(condition.value)` never comes true before the stretch ends", kind: .run)
    }

    private func holds(on machine: Machine) -> Bool { ((try? machine.evaluate(condition.value)) ?? 0) != 0 }

    /// The symbol with its offset, where there is one.
    public func correctAnswer() throws -> String {
        let (address, machine) = try key()
        return machine.symbols.location(of: address).map { "\($0)" } ?? LiveValue.text(address)
    }

    /// As for a value: numbers, and symbols.
    public func couldBeAnswer(_ line: String) -> Bool { NumberGrader.isNumberLike(line) }

    /// Right if any usual reading of the line is the address.
    public func grade(_ line: String) throws -> Grade {
        let (address, machine) = try key()
        let readings = NumberGrader.readings(of: line, on: machine)
        guard let first = readings.first else { return Grade(.unclear(answerForm ?? ""), given: line.trimmed) }
        if readings.contains(address) { return Grade(.correct, given: line.trimmed) }
        let foreseen = text.feedback.first { feedback in
            guard let value = try? machine.evaluate(feedback.given.value) else { return false }
            return readings.contains(value)
        }
        let shown = machine.symbols.location(of: first).map { "\($0)" } ?? LiveValue.text(first)
        return Grade(.wrong, given: shown, feedback: foreseen?.say ?? [])
    }

    /// How many steps before the instruction belong to the proof.
    private static let proofLength = 11

    /// The last steps of the stretch up to the instruction.
    public func proof() throws -> Proof {
        let end = try key().machine
        let replay = try library.prepare(stretch).machine
        replay.run(to: nil, budget: max(0, end.stepCount - replay.stepCount - Self.proofLength - 1))
        return Proof(
            heading: "The steps after which \(condition.value) holds:",
            trace: replay.trace(to: nil, budget: end.stepCount - replay.stepCount), symbols: end.symbols)
    }

    /// The condition comes true within the stretch, and no mistake is the key.
    public func check() -> [Diagnostic] {
        do throws(MachineError) {
            let (address, machine) = try key()
            return text.feedback.compactMap { feedback in
                guard (try? machine.evaluate(feedback.given.value)) == address else {
                    return Diagnostic.failure(of: feedback.given, on: machine)
                }
                return .error(
                    .badValue, at: feedback.given.location, "`\(feedback.given.value)` is the correct answer",
                    note: "feedback is for wrong answers; the explanation is shown for right ones")
            }
        } catch {
            return error.kind == .run ? [.machine(error, at: condition.location)] : places.diagnostics(for: error)
        }
    }
}

/// Reads questions of type `where`.
struct WhereKind: QuestionKind {
    let name = "where"
    let expressionKeys: Set<String> = ["from", "to", "answer", "given"]
    let library: MachineLibrary

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        let machine = MachineFields(&fields, library: library)
        let from = fields.expression("from")
        let to = fields.expression("to")
        let answer = fields.requiredExpression("answer")
        let mistakes = text.feedback.filter { !fields.isExpression($0.given) }
        guard let machine, let answer, mistakes.isEmpty else { return nil }
        return WhereQuestion(
            text: text, stretch: TraceRequest(machine: machine.request, from: from?.value, to: to?.value),
            condition: answer, places: machine.places, library: library)
    }
}
