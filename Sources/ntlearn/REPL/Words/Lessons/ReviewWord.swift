import LessonEngine

/// `review`: asks what is due.
struct ReviewWord: Word {
    static let spec = WordSpec(
        name: "review", group: .lessons, usage: "review [COUNT]", summary: "ask again what you may be about to forget",
        detail: """
            A question that you have answered comes back after a day or more, the later the better you knew it, each time \
            with other numbers where it has any. COUNT is the most questions to ask, in decimal.

            Enter goes on to the next question; quit or menu goes back to the lesson.
            """,
        example: "review 10")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let count = try count(arguments)
        let queue: ReviewQueue
        do { queue = try ReviewQueue(session.library, session.store) } catch {
            throw WordError("Your progress cannot be read: \(error)")
        }
        guard !queue.due.isEmpty else { return session.output.say(StyledText(queue.nothingDue)) }
        session.practise(queue.run(count: count, seed: session.nextSeed))
    }

    private func count(_ arguments: WordArguments) throws(WordError) -> Int? {
        guard !arguments.isEmpty else { return nil }
        guard let count = Int(arguments.rest), count > 0 else { throw .usage(Self.spec) }
        return count
    }
}
