/// Questions in GIFT, the text format that Moodle reads.
///
/// A family becomes as many questions as are asked for: Moodle cannot run the machine, so each member brings the answer
/// that the machine gave.
public struct GIFTExport {
    /// Why a question has no form in GIFT.
    public struct Reason: Error, Hashable, Sendable, ExpressibleByStringLiteral {
        /// A few words.
        public let text: String

        /// A reason in a few words.
        public init(stringLiteral text: String) { self.text = text }
        /// A reason in a few words.
        public init(_ text: String) { self.text = text }
    }

    /// A question that could not be written.
    public struct Omission: Hashable, Sendable {
        /// `lesson/question`
        public let question: String
        /// Why.
        public let reason: Reason
    }

    /// The text so far, to be saved as UTF-8.
    public private(set) var text = "// Questions for Moodle: import them as GIFT.\n\n"
    /// How many questions it holds.
    public private(set) var count = 0
    /// What it does not hold.
    public private(set) var omissions: [Omission] = []

    private let members: Int

    /// - Parameter members: how many members of each family to write, at least 1.
    public init(members: Int) { self.members = max(1, members) }

    /// Adds the questions of a lesson, in a category of its own.
    /// - Parameter live: what stands for a `{{ … }}` in this lesson.
    public mutating func add(_ lesson: Lesson, of course: Course, live: @escaping (LiveExpression) -> String) {
        let html = MarkdownHTML(headingShift: 3, live: live)
        let blocks = lesson.blocks.compactMap { $0 as? QuizBlock }
        guard !blocks.isEmpty else { return }
        text += "$CATEGORY: $course$/\(course.id)/\(lesson.id)\n\n"
        for block in blocks {
            for seed in 0..<UInt64(block.varies ? members : 1) {
                add(block.question(seed: seed), of: lesson, html, member: block.varies ? seed + 1 : nil)
            }
        }
    }

    private mutating func add(_ question: any Question, of lesson: Lesson, _ html: MarkdownHTML, member: UInt64?) {
        let name = "\(lesson.id)/\(question.text.id)" + (member.map { " (\($0))" } ?? "")
        switch Self.answers(question, html) {
        case .failure(let reason): omissions.append(Omission(question: name, reason: reason))
        case .success(let answers):
            let ask = GIFTText.html(html.html(question.text.ask))
            let explain = question.text.explain
            let general = explain.isEmpty ? "" : " ####[html]\(GIFTText.html(html.html(explain)))"
            text += "::\(GIFTText.escaped(name))::[html]\(ask) {\(answers)\(general)}\n\n"
            count += 1
        }
    }

    private static func answers(_ question: any Question, _ html: MarkdownHTML) -> Result<String, Reason> {
        do {
            if let question = question as? any GIFTAnswers { return try question.giftAnswers(html) }
            guard let question = question as? any ShortAnswer else {
                return .failure("only ntlearn's machine can judge it")
            }
            return .success(try question.spellings().map { "=\(GIFTText.answer($0))" }.joined(separator: " "))
        } catch {
            return .failure(Reason("\(error)"))
        }
    }
}
