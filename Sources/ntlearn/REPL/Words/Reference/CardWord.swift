/// `card`: the reference card.
struct CardWord: Word {
    static let spec = WordSpec(
        name: "card", group: .lessons, usage: "card", summary: "show the reference card: a system call on one page",
        detail: "At the shell, ntlearn card prints it.", example: "card")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        guard arguments.isEmpty else { throw .usage(Self.spec) }
        guard let card = session.card else {
            throw WordError("This course has no reference card.", hint: "A course's card is its file card.md.")
        }
        session.output.print(CardPage(card: card, layout: session.output.layout).lines)
    }
}
