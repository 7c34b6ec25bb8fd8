/// `hint`: one more hint for the open question.
struct HintWord: Word {
    static let spec = WordSpec(
        name: "hint", group: .lessons, usage: "hint", summary: "show the open question's next hint",
        detail: "Hints come one at a time, the gentlest first, and cost nothing.", example: "hint")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) { try session.hint() }
}
