extension ChoiceKind {
    var ownKeys: [KeySchema] {
        ChoiceSchema.keys(
            .optional("answer", .text, "the correct choice, by its text or letter, in place of `correct`"))
    }
}

extension ManyKind {
    var ownKeys: [KeySchema] {
        ChoiceSchema.keys(
            .optional("answer", .list(.text), "the correct choices, as letters or texts, in place of `correct`"))
    }
}

private enum ChoiceSchema {
    static func keys(_ answer: KeySchema) -> [KeySchema] {
        [
            .required("choices", .list(.either(.text, .mapping(choice))), "2 to 26 texts or mappings"),
            answer,
            .optional("shuffle", .flag, "`yes`: an order of chance, for every asking"),
        ]
    }

    private static let choice: [KeySchema] = [
        .required("text", .markdown, "the choice"),
        .optional("say", .markdown, "what to say to who gets it wrong"),
        .optional("correct", .flag, "`yes` for a correct choice"),
    ]
}

extension OrderKind {
    var ownKeys: [KeySchema] { [.required("steps", .list(.markdown), "3 to 26 texts in the right order")] }
}

extension MatchKind {
    var ownKeys: [KeySchema] {
        [
            .required(
                "pairs",
                .list(
                    .mapping([
                        .required("left", .markdown, "what is numbered"),
                        .required("right", .markdown, "what belongs to it"),
                        .optional("say", .markdown, "what to say to who gets this pair wrong"),
                    ])), "2 to 9 pairs")
        ]
    }
}

extension TextKind {
    var ownKeys: [KeySchema] {
        [
            .required("answer", .list(.text), "accepted texts; the first is shown as the correct answer"),
            .optional(
                "patterns", .list(.text), "more of them: `(word)` may be left out, `(one|other)` is one of these"),
        ]
    }
}

extension ClozeKind {
    var ownKeys: [KeySchema] {
        [.required("text", .markdown, "the text with its gaps: `[[accepted]]`, `[[accepted | also accepted]]`")]
    }
}
