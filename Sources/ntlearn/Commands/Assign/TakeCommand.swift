import ArgumentParser
import Foundation
import LessonEngine

/// `ntlearn take`: answers an assignment.
struct TakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: "Answer an assignment; the answers go to a receipt that you hand in.",
        discussion: """
            Each learner gets members of their own, which follow from the name, or from the id if there is one. The \
            receipt is a text file; every answer is in it before you are told whether it is right. You can leave and \
            go on later with the same command. A question that was answered is closed; one that was skipped is asked \
            again.

            Example: ntlearn take week3.assignment --name 'Ada L'
            """,
        aliases: ["assignment"])

    @Argument(help: ArgumentHelp("The assignment.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: "Your name, as your instructor knows it.")
    var name: String

    @Option(help: "Your number, if your instructor asks for one.")
    var id: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The receipt; without it a file here.", valueName: "file"))
    var output: String?

    @OptionGroup var learner: LearnerOptions

    func run() throws {
        let assignment: Assignment
        do { assignment = try Assignment.load(path: file) } catch { throw CommandFailure("\(error)", status: 2) }
        let person: AssignmentLearner
        do { person = try AssignmentLearner(name: name, id: id) } catch { throw CommandFailure("\(error)", status: 2) }
        let session = try learner.session()
        let path = output ?? Self.receiptName(assignment, person)
        let practice = try AssignmentPractice(assignment, person, receipt: path, library: session.library)
        greet(assignment, practice, session)
        guard practice.openCount > 0 else { return try end(practice, session) }
        learner.practise(practice.run(), in: session)
        try end(practice, session)
    }

    private func greet(_ assignment: Assignment, _ practice: AssignmentPractice, _ session: LearnSession) {
        session.output.print(StyledText(assignment.title, .heading))
        let left = practice.openCount
        session.output.say(StyledText("\(left) of \(assignment.questions.count) questions are open."))
        if let deadline = assignment.deadline {
            let isOver = Date() > deadline
            let text =
                "Deadline: \(AssignmentTime.shown(deadline))." + (isOver ? " It is over: answers do not count." : "")
            session.output.say(StyledText(text, styles: isOver ? [.bad] : []))
        }
        if assignment.rules.isExam {
            session.output.say("This is an exam: one answer to each question, no hints, and the verdicts at the end.")
        }
    }

    private func end(_ practice: AssignmentPractice, _ session: LearnSession) throws {
        try practice.finishIfDone()
        let left = practice.openCount
        let text =
            left == 0
            ? "All questions are answered. Hand in \(practice.path)."
            : "\(left) \(left == 1 ? "question is" : "questions are") open. The same command goes on; "
                + "your answers are in \(practice.path)."
        session.output.say(StyledText(text, .strong))
    }

    /// `ada-l-9f86d081.receipt`
    private static func receiptName(_ assignment: Assignment, _ learner: AssignmentLearner) -> String {
        let letters = learner.key.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let slug = String(letters.prefix(40)).split(separator: "-").joined(separator: "-")
        return "\(slug.isEmpty ? "learner" : slug)-\(assignment.id.prefix(8)).receipt"
    }
}
