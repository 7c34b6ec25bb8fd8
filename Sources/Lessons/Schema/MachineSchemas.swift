import LessonEngine

extension KeySchema {
    /// Which machine it is.
    fileprivate static let processor: [KeySchema] = [
        .required(
            "machine", .text, "a file of the folder `machines` without `.asm`, or `int2e`, `sysenter`, `syscall`"),
        .optional("cpu", .text, "the processor, such as `pentium3`"),
    ]

    /// Which machine runs what.
    static let machine: [KeySchema] =
        processor + [
            .optional("call", .list(.text), "the service calls that the program makes"),
            .optional("program", .text, "assembly text in place of the program"),
            .optional("asm", .text, "the id of an `asm` block of the lesson, in place of the program"),
        ]
}

extension TraceKind {
    var keys: [KeySchema] {
        KeySchema.machine + [
            .optional("from", .expression, "where the trace begins; default `program!main`"),
            .optional("to", .expression, "where it ends; default: the return of the last call"),
            .optional("watch", .list(.expression), "what to list at the end"),
            .optional("predict", .list(.mapping(Self.prediction)), "where the learner says what comes"),
        ]
    }

    private static let prediction: [KeySchema] =
        [
            .required("at", .expression, "the instruction that the trace pauses before"),
            .required("ask", .expression, "whose value is asked for, as it is behind the instruction"),
            .optional("question", .markdown, "the question, if it is not to be made from `ask`"), .feedback,
        ] + KeySchema.help + [.objective]
}

extension PredictKind {
    var ownKeys: [KeySchema] {
        KeySchema.machine + [
            .required("at", .expression, "the instruction that is asked about"),
            .required("answer", .expression, "the answer, evaluated when the instruction has executed"),
        ]
    }
}

extension ValueKind {
    var ownKeys: [KeySchema] {
        KeySchema.machine + [
            .required("at", .expression, "the point: the first time that EIP is there"),
            .required("answer", .expression, "the answer, evaluated at the point"),
            .optional("check", .expression, "what must have the same value there, for an answer written as a figure"),
        ]
    }
}

extension WhereKind {
    var ownKeys: [KeySchema] {
        KeySchema.machine + [
            .optional("from", .expression, "where the search begins; default `program!main`"),
            .optional("to", .expression, "where it ends; default: the return of the last call"),
            .required("answer", .expression, "the condition that comes true"),
        ]
    }
}

extension ChallengeKind {
    var ownKeys: [KeySchema] {
        KeySchema.machine + [
            .optional("from", .expression, "where the machine is handed over; default `program!main`"),
            .required("goal", .expression, "the condition that the learner is to bring about"),
            .optional("lost", .expression, "the condition under which a try is over without the goal"),
            .optional(
                "allow", .text, "changes by hand: `registers 1`, `memory 2`, or both with a comma; default any"),
            .required("solution", .list(.text), "words of the prompt that reach the goal"),
        ]
    }
}

extension AssembleKind {
    var ownKeys: [KeySchema] {
        KeySchema.processor + [
            .optional("before", .text, "assembly in front of the learner's"),
            .optional("after", .text, "assembly behind it"),
            .optional("at", .expression, "where the answer is judged; default: the first instruction behind it"),
            .required("goal", .expression, "the condition that must hold there"),
            .required("answer", .text, "a right answer: instructions with semicolons between them"),
        ]
    }
}
