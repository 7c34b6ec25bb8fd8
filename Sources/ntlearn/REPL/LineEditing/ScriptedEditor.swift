/// Plays prepared input: for tests, and for anything that drives the prompt from inside the program.
final class ScriptedEditor: LineEditor {
    private var inputs: ArraySlice<LineInput>
    /// Every prompt that was shown, in order.
    private(set) var prompts: [String] = []

    /// Plays these inputs, then the end of the file for ever.
    init(_ inputs: [LineInput]) {
        self.inputs = inputs[...]
    }

    /// Plays these lines, then the end of the file for ever.
    convenience init(lines: [String]) {
        self.init(lines.map(LineInput.line))
    }

    func readLine(prompt: String) -> LineInput {
        prompts.append(prompt)
        return inputs.popFirst() ?? .endOfFile
    }
}
