/// `n [RADIX]`: how numbers without a prefix are read.
struct RadixWord: Word {
    static let spec = WordSpec(
        name: "n", group: .numbers, usage: "n [8 | 10 | 16]",
        summary: "show or set the radix of numbers without a prefix",
        detail: """
            It holds for what is typed, never for what is shown, which is hexadecimal. To go on in the lesson, press \
            Enter or type next.
            """,
        example: "n 16")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        if !arguments.isEmpty {
            guard let radix = Int(arguments.rest), [8, 10, 16].contains(radix) else {
                throw WordError(
                    "The radix is 8, 10 or 16, written in decimal.", hint: "Example: n 16.", column: arguments.column)
            }
            session.radix = radix
        }
        session.output.print(StyledText("base is \(session.radix)"))
    }
}
