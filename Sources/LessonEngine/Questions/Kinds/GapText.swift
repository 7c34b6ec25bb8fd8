import Spelling

/// The text of a cloze, taken apart: `[[EAX | the register EAX]]` is a gap.
struct GapText {
    struct Problem {
        let code: DiagnosticCode
        /// Which `[[` of the text it is about, counted from 0.
        let opener: Int?
        let message: String
        let note: String?
    }

    /// Nobody reads on behind so many; bounds the time that hostile texts take.
    private static let mostOpeners = 50

    /// The text with `(1: ____)` for the first gap.
    private(set) var shown = ""
    /// What is accepted in each gap; the first is the one to show.
    private(set) var gaps: [[String]] = []
    private(set) var problems: [Problem] = []
    /// How many `[[` there are.
    private(set) var openerCount = 0

    init(_ text: String) {
        var rest = text[...]
        while openerCount < Self.mostOpeners, let start = rest.firstRange(of: "[[") {
            shown += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            takeGap(&rest)
            openerCount += 1
        }
        shown += rest
        if openerCount == 0 {
            problems.append(
                Problem(
                    code: .noGaps, opener: nil, message: "the text has no gap",
                    note: "write what belongs there between [[ and ]]"))
        }
    }

    /// Takes what stands behind a `[[`, including its `]]`.
    private mutating func takeGap(_ rest: inout Substring) {
        guard var end = rest.firstRange(of: "]]"), !rest[..<end.lowerBound].contains("[[") else {
            problems.append(
                Problem(
                    code: .unclosedGap, opener: openerCount, message: "this [[ has no ]]",
                    note: "close the gap with ]] before the next one begins"))
            return
        }
        // `[[[esp]]]` is a gap for `[esp]`.
        while end.upperBound < rest.endIndex, rest[end.upperBound] == "]" {
            end = rest.index(after: end.lowerBound)..<rest.index(after: end.upperBound)
        }
        let accepted = rest[..<end.lowerBound].split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        rest = rest[end.upperBound...]
        if accepted.contains("") {
            problems.append(
                Problem(
                    code: .emptyAnswer, opener: openerCount, message: "an accepted answer of this gap is empty",
                    note: "write [[EAX]] or, with several accepted answers, [[EAX | the register EAX]]"))
        }
        gaps.append(accepted)
        shown += "(\(gaps.count): ____)"
    }
}
