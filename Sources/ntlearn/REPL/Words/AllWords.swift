extension WordRegistry<LearnSession> {
    /// Every word of the prompt, in the order in which `help` lists them.
    static var all: WordRegistry { WordRegistry(lessons + debugger + [HelpWord(), SetWord(), QuitWord()]) }

    private static var lessons: [any Word<LearnSession>] {
        [
            NextWord(), BackWord(), MenuWord(), LessonWord(), HintWord(), AnswerWord(), SkipWord(), WhyWord(),
            AgainWord(), SearchWord(), CardWord(), ProgressWord(), ReviewWord(), DrillWord(),
        ]
    }

    private static var debugger: [any Word<LearnSession>] {
        running + time + pictures + inspection + system + [EditsWord(), UndoWord()]
    }

    private static var running: [any Word<LearnSession>] {
        [
            StepWord(), StepOverWord(), StepToWord(), StepOverToWord(), GoWord(), GoUpWord(),
            BreakpointWord(), WatchpointWord(), ListBreakpointsWord(), ClearBreakpointsWord(), DisableBreakpointsWord(),
            EnableBreakpointsWord(),
        ]
    }

    private static var time: [any Word<LearnSession>] {
        [
            StepBackWord(), StepOverBackWord(), StepBackToWord(), StepOverBackToWord(), GoBackWord(), GoUpBackWord(),
            TravelWord(), PositionsWord(), MarkWord(), WriterWord(), InterruptWord(), ViewWord(), MachineWord(),
            RestartWord(), SaveWord(), LoadWord(),
        ]
    }

    private static var pictures: [any Word<LearnSession>] { [LanesWord(), ZoomWord(), CompareWord()] }

    private static var inspection: [any Word<LearnSession>] {
        [
            RegistersWord(), ReadMSRWord(), WriteMSRWord(),
            DumpBytesWord(), DumpWordsWord(), DumpDoublewordsWord(), DumpQuadwordsWord(), DumpPointersWord(),
            DumpASCIIWord(), DumpUnicodeWord(), EnterBytesWord(), EnterWordsWord(), EnterDoublewordsWord(),
            EnterASCIIWord(), EnterUnicodeWord(), SearchMemoryWord(),
            UnassembleWord(), UnassembleBackwardWord(), UnassembleFunctionWord(), AssembleWord(),
            ExamineWord(), NearestWord(), DisplayTypeWord(), EvaluateWord(), FormatsWord(), RadixWord(),
        ]
    }

    private static var system: [any Word<LearnSession>] {
        [
            StackWord(), TrapFrameWord(), InterruptTableWord(), DisplaySelectorWord(), PageTableWord(), CPUIDWord(),
            ServiceTableWord(),
        ]
    }
}
