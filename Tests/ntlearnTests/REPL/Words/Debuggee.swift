import Spelling

@testable import ntlearn

extension Learner {
    /// A learner in a lesson without machines: the debugger's words find the SYSENTER machine before `NtClose(0x44)`.
    static func atProgramStart() throws -> Learner {
        let learner = try Learner(lessons: [
            "---\nformat: 1\nid: plain\ntitle: Plain\nminutes: 1\n---\n# A page\n\nText.\n"
        ])
        learner.session.runBudget = 100_000
        return learner
    }

    /// What an expression evaluates to, as `?` shows it in hexadecimal.
    func value(of expression: String) -> String {
        String(type("? \(expression)").split(separator: " = ").last?.prefix { $0.isHexDigit } ?? "")
    }

    /// What comes back, line by line, without blanks at the ends.
    func lines(_ line: String) -> [String] {
        type(line).split(separator: "\n").map { String($0).trimmed }
    }
}
