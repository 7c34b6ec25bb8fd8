extension WordRegistry<LearnSession> {
    /// Every word of the prompt, in the order in which `help` lists them.
    static var all: WordRegistry {
        WordRegistry([
            NextWord(), BackWord(), MenuWord(), LessonWord(), HintWord(), AnswerWord(), SkipWord(), WhyWord(),
            AgainWord(),
            RegistersWord(), StepWord(), StepOverWord(), UnassembleWord(), DumpBytesWord(), DumpWordsWord(),
            DumpDoublewordsWord(), EvaluateWord(),
            HelpWord(), QuitWord(),
        ])
    }
}
