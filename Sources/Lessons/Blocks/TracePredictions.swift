import Debugger
import LessonEngine

/// Reads the predictions of a trace.
struct PredictionReader {
    /// Nil if the trace has none that can be used.
    let machine: MachineFields?
    let stretch: TraceRequest?
    let library: MachineLibrary

    /// The key `predict`: a list of mappings.
    func predictions(_ fields: inout Fields) -> [PredictQuestion] {
        let id = fields.id
        var number = 0
        return fields.mappings("predict") { item in
            number += 1
            return prediction(&item, id: "\(id)/\(number)")
        }
    }

    private func prediction(_ item: inout Fields, id: String) -> PredictQuestion? {
        let at = item.requiredExpression("at")
        let ask = item.requiredExpression("ask")
        let text = item.questionText(id: id, ask: item.markdown("question"))
        let mistakes = text.feedback.filter { !item.isExpression($0.given) }
        guard let machine, let stretch, let at, let ask, mistakes.isEmpty else { return nil }
        return PredictQuestion(
            text: text, point: MachinePoint(machine, at: at, within: stretch, library: library), answer: ask)
    }
}

extension TraceBlock {
    /// Each prediction's instruction executes within the trace, after that of the one above, and its question is sound.
    func predictionProblems() -> [Diagnostic] {
        guard !predictions.isEmpty else { return [] }
        do throws(MachineError) {
            let arrivals = try arrivals()
            let order = predictions.indices.compactMap { problem(of: $0, arrivals) }
            let late = Set(predictions.indices.filter { arrivals[$0] == nil })
            return order
                + predictions.indices.filter { !late.contains($0) }.flatMap {
                    QuizBlock(question: predictions[$0].worded()).check()
                }
        } catch {
            return predictions.flatMap { $0.point.check() }
        }
    }

    /// At which step of the trace each prediction's instruction comes first.
    private func arrivals() throws(MachineError) -> [Int?] {
        let prepared = try prepare()
        let machine = prepared.machine
        var addresses: [UInt32] = []
        for prediction in predictions { addresses.append(try prediction.point.address(on: machine)) }
        var arrivals: [Int?] = predictions.map { _ in nil }
        for step in 0..<Self.budget {
            if step > 0, machine.cpu.eip == prepared.end { break }
            for index in addresses.indices where addresses[index] == machine.cpu.eip && arrivals[index] == nil {
                arrivals[index] = step
            }
            guard case .budget = machine.run(to: nil, budget: 1) else { break }
        }
        return arrivals
    }

    private func problem(of index: Int, _ arrivals: [Int?]) -> Diagnostic? {
        let point = predictions[index].point
        guard let arrival = arrivals[index] else {
            return .error(
                .neverReached, at: point.location, "the trace ends before \(point.at) executes",
                note: "`at` names an instruction between `from` and `to`")
        }
        guard index > 0, let earlier = arrivals[index - 1], earlier >= arrival else { return nil }
        let above = predictions[index - 1].point.at
        guard earlier > arrival else {
            return .error(
                .badValue, at: point.location, "the prediction above is about the same instruction",
                note: "its answer would be seen already; ask about one instruction once")
        }
        return .error(
            .badValue, at: point.location, "\(point.at) executes before \(above)",
            note: "write predictions in the order of execution")
    }
}
