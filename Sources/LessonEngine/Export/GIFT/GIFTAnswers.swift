/// What stands between the braces of a question in GIFT.
///
/// Only kinds that a quiz program can judge by itself have such a form.
protocol GIFTAnswers: Question {
    /// The answers with their feedback, or the reason why there are none that Moodle could judge.
    func giftAnswers(_ html: MarkdownHTML) throws -> Result<String, GIFTExport.Reason>
}

extension ChoiceQuestion: GIFTAnswers {
    func giftAnswers(_ html: MarkdownHTML) -> Result<String, GIFTExport.Reason> {
        .success(
            choices.indices.map { index in
                GIFTLine(index == correct ? "=" : "~", html.html(choices[index].text), html, replies[index]).text
            }.joined(separator: " "))
    }
}

extension ManyQuestion: GIFTAnswers {
    /// The shares that Moodle knows, in per cent, by the number of correct choices. Every wrong choice costs all.
    private static let shares = [
        "100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10",
    ]

    func giftAnswers(_ html: MarkdownHTML) -> Result<String, GIFTExport.Reason> {
        guard Self.shares.indices.contains(correct.count - 1) else { return .failure("more than ten correct choices") }
        let share = Self.shares[correct.count - 1]
        return .success(
            choices.indices.map { index in
                let weight = correct.contains(index) ? share : "-100"
                return GIFTLine("~%\(weight)%", html.html(choices[index].text), html, replies[index]).text
            }.joined(separator: " "))
    }
}

extension MatchQuestion: GIFTAnswers {
    func giftAnswers(_ html: MarkdownHTML) -> Result<String, GIFTExport.Reason> {
        guard items.count > 2 else { return .failure("Moodle wants at least three pairs") }
        return .success(
            items.indices.map { index in
                GIFTLine.pair(html.html(items[index].text), choices[correct[index]].text.plainText)
            }.joined(separator: " "))
    }
}

extension OrderQuestion: GIFTAnswers {
    /// Each step is matched with its place.
    func giftAnswers(_ html: MarkdownHTML) -> Result<String, GIFTExport.Reason> {
        .success(
            correct.enumerated().map { place, index in
                GIFTLine.pair(html.html(choices[index].text), "\(place + 1)")
            }.joined(separator: " "))
    }
}

extension ClozeQuestion: GIFTAnswers {
    /// One gap is a short answer; three or more are matched with their numbers.
    func giftAnswers(_ html: MarkdownHTML) -> Result<String, GIFTExport.Reason> {
        if let gap = gaps.first, gaps.count == 1 {
            return .success(gap.texts.map { "=\(GIFTText.answer($0))" }.joined(separator: " "))
        }
        guard gaps.count > 2, Set(gaps.map(\.shown)).count == gaps.count else {
            return .failure("two gaps, or gaps with equal answers, have no form in GIFT")
        }
        return .success(
            gaps.enumerated().map { GIFTLine.pair("gap \($0 + 1)", $1.shown) }.joined(separator: " "))
    }
}

/// One answer with its feedback.
struct GIFTLine {
    let text: String

    init(_ sign: String, _ answer: String, _ html: MarkdownHTML, _ feedback: [MarkdownBlock]) {
        let reply = feedback.isEmpty ? "" : " #[html]\(GIFTText.html(html.html(feedback)))"
        text = "\(sign)[html]\(GIFTText.html(answer))\(reply)"
    }

    static func pair(_ left: String, _ right: String) -> String {
        "=[html]\(GIFTText.html(left)) -> \(GIFTText.escaped(right))"
    }
}
