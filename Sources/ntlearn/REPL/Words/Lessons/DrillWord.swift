import Lessons

/// `drill`: questions without end, made by the program.
struct DrillWord: Word {
    static let spec = WordSpec(
        name: "drill", group: .lessons, usage: "drill [TOPIC]",
        summary: "practise one thing on questions that never end",
        detail: """
            The questions are made by the program and answered by the machine; they grow harder as you get them right. \
            Without a topic they are of all kinds. quit goes back to the lesson. The topics are \
            \(Drill.topics.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")).
            """,
        example: "drill eax", completion: [.topic])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        session.drill(try DrillTopics.checked(arguments.tokens.map(\.text)))
    }
}
