/// The keys of `course.yaml` and of a lesson's front matter.
public enum FormatSchema {
    /// `course.yaml`.
    public static let course: [KeySchema] = [
        .required("format", .word(["1"]), "the version of the format: `1`"),
        .required("id", .identifier, "never change it: progress hangs on it"),
        .required("title", .text, "what learners see"),
        .required("lessons", .list(.identifier), "names of files in the folder `lessons`, without `.md`, in order"),
        .optional("authors", .list(.text), "names"),
        .optional("license", .text, "an SPDX identifier or a name"),
        .optional("language", .text, "a tag such as `de`; default `en`"),
        .optional("pass", .number(0...100), "per cent of the questions that pass a lesson; default 80"),
    ]

    /// The front matter of a lesson.
    public static let lesson: [KeySchema] = [
        .required("format", .word(["1"]), "the version of the format: `1`"),
        .required("id", .identifier, "unique in the course; never change it: progress hangs on it"),
        .required("title", .text, "what learners see"),
        .optional("minutes", .number(1...600), "how long it takes"),
        .optional("requires", .list(.identifier), "ids of the lessons that come before it; no circles"),
        .optional("objectives", .list(.text), "what a learner can do afterwards; questions name them by number"),
    ]

    /// The keys of a quiz of one kind: those of every quiz, and the kind's own.
    public static func quiz(_ kind: any QuestionKind) -> [KeySchema] {
        [.required("type", .word([kind.name]), "the kind of question")] + question(kind)
    }

    private static func question(_ kind: any QuestionKind) -> [KeySchema] {
        [.ask] + kind.ownKeys + [.feedback] + KeySchema.help + [.attempts, .vary, .objective]
    }

    /// The keys of a block of one kind. A ``NamedQuizKind`` has those of its quiz, and its name says the type already.
    public static func block(_ kind: any BlockKind, in registry: Registry) -> [KeySchema] {
        guard kind is NamedQuizKind, let type = registry.questions[kind.name] else { return kind.keys }
        return [.optional("type", .word([kind.name]), "the block's own name; better left out")] + question(type)
    }
}

// Keys that several kinds share.
extension KeySchema {
    /// The question.
    public static let ask = required("ask", .markdown, "the question")
    /// Hints and explanation.
    public static let help: [KeySchema] = [
        optional("hints", .list(.markdown), "from gentle to plain; one each time the learner types `hint`"),
        optional("explain", .markdown, "shown after the answer, right or wrong"),
    ]
    /// Words for certain wrong answers.
    public static let feedback = optional(
        "feedback",
        .list(
            .mapping([
                .required("given", .text, "the wrong answer, as the kind of question reads it"),
                .required("say", .markdown, "the mistake behind it"),
            ])), "what to say to certain wrong answers")
    /// Tries before the answer is shown.
    public static let attempts = optional(
        "attempts", .number(1...10), "wrong answers until the correct one is shown; default 1")
    /// What makes a family of a question.
    public static let vary = optional(
        "vary", .named(.either(.text, .list(.either(.text, .named(.text))))),
        "names for values; `$(name)` stands for one of them in every text of the block")
    /// Which objectives are tested.
    public static let objective = optional(
        "objective", .list(.number(1...Int.max)),
        "which of the lesson's `objectives` it tests: their numbers, from 1")
}
