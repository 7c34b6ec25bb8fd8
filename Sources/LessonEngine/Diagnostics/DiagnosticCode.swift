/// A sort of mistake: its stable name and what it means in one line.
///
/// Targets that add block or question kinds declare codes of their own in the same way.
public struct DiagnosticCode: Hashable, Sendable {
    /// Kebab-case, never reused for something else.
    public let name: String
    /// One sentence for the instructors' reference.
    public let explanation: String

    /// A code called `name`.
    public init(_ name: String, _ explanation: String) {
        self.name = name
        self.explanation = explanation
    }
}

// Files and characters.
// The explanation is the documentation.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DiagnosticCode {
    public static let unreadableFile = Self(
        "unreadable-file", "The file is missing, no regular file, or may not be read.")
    public static let outsideCourse = Self("outside-course", "A file name leads out of the course's folder.")
    public static let fileTooLarge = Self("file-too-large", "Course and lesson files may have at most 1 MiB.")
    public static let invalidUTF8 = Self("invalid-utf8", "The file is not UTF-8 text.")
    public static let controlCharacter = Self(
        "control-character", "A character that could steer the terminal stands in a text, plainly or as an escape.")
    public static let tooLong = Self("too-long", "A line, a paragraph or a table is longer than any reader could use.")
    public static let tooDeep = Self("too-deep", "Lists, quotations, emphasis or YAML are nested too deeply.")
    public static let tooSlow = Self("too-slow", "Checking the file took longer than it may.")
}

// YAML and its keys.
// The explanation is the documentation.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DiagnosticCode {
    public static let yamlSyntax = Self("yaml-syntax", "The YAML cannot be read.")
    public static let yamlAlias = Self("yaml-alias", "YAML anchors and aliases (& and *) are not part of the format.")
    public static let yamlTag = Self("yaml-tag", "YAML tags (!) are not part of the format.")
    public static let yamlComment = Self(
        "yaml-comment", "A text without quotation marks ends at a blank and a #; YAML takes the rest for a comment.")
    public static let duplicateKey = Self("duplicate-key", "The same key is given twice.")
    public static let unknownKey = Self("unknown-key", "Nothing reads this key here.")
    public static let missingKey = Self("missing-key", "A key that is needed is not there, or has no value.")
    public static let badType = Self("bad-type", "The value has the wrong shape: a list for a text, a text for a list.")
    public static let badValue = Self("bad-value", "The value has the right shape but is not one that can be used.")
}

// Courses and lessons.
// The explanation is the documentation.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DiagnosticCode {
    public static let missingFrontMatter = Self(
        "missing-front-matter", "A lesson begins with its front matter: YAML between two lines of ---.")
    public static let missingID = Self("missing-id", "A block needs an id: progress hangs on it.")
    public static let duplicateID = Self("duplicate-id", "Two lessons, or two blocks of one lesson, have the same id.")
    public static let missingLessonFile = Self("missing-lesson-file", "A lesson that the course lists has no file.")
    public static let unlistedLesson = Self("unlisted-lesson", "A lesson file is not in the course's list of lessons.")
    public static let unknownPrerequisite = Self(
        "unknown-prerequisite", "A lesson requires a lesson that the course does not have.")
    public static let prerequisiteCycle = Self("prerequisite-cycle", "Lessons require each other in a circle.")
    public static let unknownObjective = Self(
        "unknown-objective", "A question tests an objective that the lesson does not have.")
    public static let undertestedObjective = Self(
        "undertested-objective", "Fewer than two questions of the lesson test this objective.")
    public static let badGlossary = Self(
        "bad-glossary", "Two terms of the glossary share a name, a term is not explained, or a reference leads nowhere."
    )
}

// Markdown and blocks.
// The explanation is the documentation.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DiagnosticCode {
    public static let unclosedFence = Self("unclosed-fence", "A fenced block is never closed.")
    public static let unknownBlock = Self("unknown-block", "No block kind has this name.")
    public static let nestedBlock = Self("nested-block", "A block stands inside a list or a quotation.")
    public static let badInfoString = Self("bad-info-string", "The line that opens a block is not `name id=some-id`.")
    public static let unclosedLive = Self("unclosed-live", "A {{ has no }} on the same line.")
    public static let emptyLive = Self("empty-live", "There is no expression between {{ and }}.")
    public static let noLivePoint = Self(
        "no-live-point", "No block of the lesson says where a {{ }} is to be evaluated.")
    public static let liveFails = Self("live-fails", "The expression in a {{ }} cannot be evaluated.")
    public static let brokenLink = Self("broken-link", "A link leads nowhere, or out of the course.")
    public static let wideCode = Self("wide-code", "A line of a code block is wider than 80 columns.")
}

// Questions.
// The explanation is the documentation.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DiagnosticCode {
    public static let unknownQuestionType = Self("unknown-question-type", "No question kind has this name.")
    public static let noCorrectChoice = Self("no-correct-choice", "No choice is marked as the correct one.")
    public static let severalCorrect = Self("several-correct", "More than one choice is marked as the correct one.")
    public static let duplicateChoice = Self("duplicate-choice", "Two choices cannot be told apart.")
    public static let emptyChoice = Self("empty-choice", "A choice has no text.")
    public static let hintGivesAnswer = Self("hint-gives-answer", "A hint contains the answer.")
    public static let keyRejected = Self("key-rejected", "The question does not accept its own answer.")
    public static let tooFewSteps = Self("too-few-steps", "Steps to put in order are at least three.")
    public static let duplicateStep = Self("duplicate-step", "Two steps to put in order cannot be told apart.")
    public static let duplicateSide = Self("duplicate-side", "Two sides of pairs to match cannot be told apart.")
    public static let emptyAnswer = Self("empty-answer", "An accepted answer has no letters, digits or signs.")
    public static let badPattern = Self("bad-pattern", "The text is no pattern of accepted answers.")
    public static let noGaps = Self("no-gaps", "The text of a cloze has no gap.")
    public static let unclosedGap = Self("unclosed-gap", "A [[ has no ]] in the text of a cloze.")
}

// Families of questions.
// The explanation is the documentation.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DiagnosticCode {
    public static let badParameter = Self("bad-parameter", "A parameter of `vary` is no list and no range.")
    public static let unknownParameter = Self("unknown-parameter", "A `$(name)` names nothing that `vary` gives.")
    public static let unusedParameter = Self("unused-parameter", "No `$(name)` uses this parameter of `vary`.")
    public static let trivialMember = Self("trivial-member", "With some seeds the question contains its own answer.")
    public static let constantFamily = Self("constant-family", "The answer is the same for every seed.")
}

// The explanation is the documentation.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DiagnosticCode {
    /// Every code that this target reports, in the order of the instructors' reference.
    public static let all: [DiagnosticCode] = [
        .unreadableFile, .outsideCourse, .fileTooLarge, .invalidUTF8, .controlCharacter, .tooLong, .tooDeep,
        .tooSlow,
        .yamlSyntax, .yamlAlias, .yamlTag, .yamlComment, .duplicateKey, .unknownKey, .missingKey, .badType, .badValue,
        .missingFrontMatter, .missingID, .duplicateID, .missingLessonFile, .unlistedLesson, .unknownPrerequisite,
        .prerequisiteCycle, .unknownObjective, .undertestedObjective, .badGlossary,
        .unclosedFence, .unknownBlock, .nestedBlock, .badInfoString, .unclosedLive, .emptyLive, .noLivePoint,
        .liveFails, .brokenLink, .wideCode,
        .unknownQuestionType, .noCorrectChoice, .severalCorrect, .duplicateChoice, .emptyChoice, .hintGivesAnswer,
        .keyRejected, .tooFewSteps, .duplicateStep, .duplicateSide, .emptyAnswer, .badPattern, .noGaps, .unclosedGap,
        .badParameter, .unknownParameter, .unusedParameter, .trivialMember, .constantFamily,
    ]
}
