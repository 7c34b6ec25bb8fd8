import Foundation

/// Reads lines from something that is no terminal, without escapes or cursor movement.
///
/// It shows each prompt together with the line that answers it, so that what the program prints reads as a transcript.
final class PipeEditor: LineEditor {
    private var reader: LineReader
    private let promptsFirst: Bool
    private let show: (String) -> Void

    /// - Parameters:
    ///   - descriptor: what to read.
    ///   - promptsFirst: shows the prompt before reading and no line: right when a person types while the output goes elsewhere.
    ///   - show: prints text as it is.
    init(
        descriptor: Int32 = STDIN_FILENO, promptsFirst: Bool = false,
        show: @escaping (String) -> Void = { print($0, terminator: "") }
    ) {
        reader = LineReader(descriptor: descriptor, limit: InputLine.limit)
        self.promptsFirst = promptsFirst
        self.show = show
    }

    func readLine(prompt: String) -> LineInput {
        let prompt = PromptText(prompt).plain
        if promptsFirst { show(prompt) }
        // A program at the other end of two pipes waits for what was printed so far.
        fflush(nil)
        guard let bytes = reader.next() else { return .endOfFile }
        let input = InputLine.decode(bytes)
        if !promptsFirst, case .line(let line) = input { show("\(prompt)\(line)\n") }
        return input
    }
}
