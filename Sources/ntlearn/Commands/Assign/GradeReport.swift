import LessonEngine

/// The marks of a class.
struct GradeReport {
    let assignment: Assignment
    let graded: [GradedReceipt]

    /// For people: a line for each receipt, and below it what there is to look at.
    func lines(_ layout: Layout) -> [StyledText] {
        let count = graded.count == 1 ? "1 receipt" : "\(graded.count) receipts"
        let questions = assignment.questions.count == 1 ? "1 question" : "\(assignment.questions.count) questions"
        return [StyledText("\(assignment.title): \(count), \(questions)", .heading)]
            + graded.flatMap { rows($0, layout) }
    }

    private func rows(_ graded: GradedReceipt, _ layout: Layout) -> [StyledText] {
        let points = StyledText("\(graded.points)/\(graded.outOf)").padded(to: 7, .right)
        let percent = StyledText("\(graded.percent) %").padded(to: 7, .right)
        let name = clean(graded.receipt.map(learner) ?? "(no receipt)")
        let row =
            points + percent + StyledText("  ") + StyledText(name, .strong)
            + StyledText("  \(clean(graded.file))", .dim)
        return [row] + graded.flags.flatMap { flag(for: $0, layout) }
    }

    private func flag(for flag: ReceiptFlag, _ layout: Layout) -> [StyledText] {
        let style: Style = flag.isSuspicion ? .bad : .dim
        let text = StyledText("\(flag.kind.rawValue): ", style) + StyledText(clean(flag.message))
        let lead = StyledText(spaces(16))
        return text.wrapped(to: layout.narrowed(by: 16).measure).prefixed(first: lead, rest: lead)
    }

    private func learner(_ receipt: Receipt) -> String {
        receipt.learner.name + (receipt.learner.id.map { " (\($0))" } ?? "")
    }

    /// Receipts are strangers' files.
    private func clean(_ text: String) -> String { Sanitizer.clean(text, keeping: []) }

    /// RFC 4180. The last columns are the questions, with 1 for right, 0 for wrong, and nothing without an answer.
    var csv: String {
        let names = ["file", "learner", "id", "points", "out_of", "percent", "look", "flags"]
        let head = names + assignment.questions.map(\.name)
        let rows = graded.map { graded in
            let flags = graded.flags.map { "\($0.kind.rawValue): \($0.message)" }.joined(separator: " ")
            let marks = graded.marks.map { $0 == .right ? "1" : $0 == .wrong ? "0" : "" }
            let learner = graded.receipt?.learner
            return [graded.file, learner?.name ?? "", learner?.id ?? ""]
                + [
                    "\(graded.points)", "\(graded.outOf)", "\(graded.percent)", graded.isSuspicious ? "yes" : "no",
                    flags,
                ] + marks
        }
        return ([head] + rows).map { $0.map { CSV.field(clean($0)) }.joined(separator: ",") + "\r\n" }.joined()
    }

    /// An object for each receipt.
    var json: [JSONLine] {
        graded.map { graded in
            JSONLine { line in
                line.string("file", graded.file)
                line.string("learner", graded.receipt?.learner.name)
                line.string("id", graded.receipt?.learner.id)
                line.integer("points", graded.points)
                line.integer("out_of", graded.outOf)
                line.bool("look", graded.isSuspicious)
                line.bool("finished", graded.receipt?.finished != nil)
                line.objects("flags", graded.flags) { object, flag in
                    object.string("kind", flag.kind.rawValue)
                    object.string("message", flag.message)
                }
                line.objects("questions", zip(assignment.questions, graded.marks)) { object, question in
                    object.string("question", question.0.name)
                    object.string("mark", question.1.rawValue)
                }
            }
        }
    }
}
