import Debugger
import LessonEngine
import X86

/// Where the texts of an `assemble` question stand.
struct AssemblePlaces: Sendable {
    let machine: MachinePlaces
    let before: TextPlace?
    let after: TextPlace?
    let answer: TextPlace
}

/// Reads questions of type `assemble`.
struct AssembleKind: QuestionKind {
    let name = "assemble"
    let expressionKeys: Set<String> = ["at", "goal", "given"]
    let library: MachineLibrary

    func makeQuestion(_ fields: inout Fields, text: QuestionText) -> (any Question)? {
        let machine = MachineFields(&fields, library: library, readsProgram: false)
        let before = fields.string("before")
        let after = fields.string("after")
        let at = fields.expression("at")
        let goal = fields.requiredExpression("goal")
        let answer = fields.requiredString("answer")
        let mistakes = text.feedback.filter { !fields.isExpression($0.given) }
        guard let machine, let goal, let answer, mistakes.isEmpty else { return nil }
        let places = AssemblePlaces(
            machine: machine.places, before: before.map(fields.place), after: after.map(fields.place),
            answer: fields.place(of: answer))
        return AssembleQuestion(
            text: text, machine: machine.request, before: before, after: after, at: at, goal: goal, answer: answer,
            places: places, library: library)
    }
}

extension AssembleQuestion {
    /// The author's lines assemble, his answer reaches the goal, and doing nothing does not.
    public func check() -> [Diagnostic] {
        let program = program(answer.value)
        do throws(MachineError) {
            _ = try library.image(for: request(running: program))
            switch try AnswerRun(self).run(answer.value) {
            case .refused(let why), .missed(let why): return [failure(why)]
            case .arrived(let machine): return problems(on: machine)
            }
        } catch {
            return problems(of: error, program)
        }
    }

    private func failure(_ why: String) -> Diagnostic {
        .error(.solutionFails, at: answer.location, why.hasSuffix(".") ? String(why.dropLast()) : why)
    }

    private func problems(on machine: Machine) -> [Diagnostic] {
        let conditions = [goal] + text.feedback.map(\.given)
        let failures = conditions.compactMap { Diagnostic.failure(of: $0, on: machine) }
        guard failures.isEmpty else { return failures }
        guard holds(goal, on: machine) else {
            return [failure("the answer does not reach the goal: \(report(on: machine))")]
        }
        guard case .arrived(let idle)? = try? AnswerRun(self).run("nop"), holds(goal, on: idle) else { return [] }
        return [
            .error(
                .badValue, at: goal.location, "`\(goal.value)` holds without the learner's instructions",
                note: "the goal is to tell a right answer from none")
        ]
    }

    private func problems(of error: MachineError, _ program: AnswerProgram) -> [Diagnostic] {
        guard error.kind == .program else {
            return error.kind == .address
                ? [.machine(error, at: at?.location ?? text.location)] : places.machine.diagnostics(for: error)
        }
        return error.diagnostics.map { found in
            .error(.badProgram, at: place(of: found, program), found.message, note: found.note)
        }
    }

    private func place(of found: AssemblerDiagnostic, _ program: AnswerProgram) -> SourceLocation {
        switch program.place(of: found) {
        case .answer(let column): places.answer.location(line: 1, column: column)
        case .before(let line): places.before?.location(line: line, column: found.column) ?? text.location
        case .after(let line): places.after?.location(line: line, column: found.column) ?? text.location
        }
    }
}
