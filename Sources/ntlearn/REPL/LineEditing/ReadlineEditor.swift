import CReadline
import Foundation

/// The prompt on a terminal: GNU readline with its history, completion and `~/.inputrc`.
///
/// readline keeps its state in globals, so there is one editor at a time, and it stays on the thread that made it. It runs
/// through readline's callback interface: signals are then handled here, between two characters, never inside readline.
final class ReadlineEditor: LineEditor {
    /// Signals that are received for as long as there is an editor. Ctrl-C during a run sets ``InterruptFlag/keyboard``.
    private static let lasting = [SIGINT, SIGWINCH]
    /// Signals that readline's terminal settings must be put away for; outside the prompt they have their usual effect.
    private static let promptOnly = [SIGTSTP, SIGTERM, SIGHUP, SIGQUIT]

    /// The editor whose prompt is shown: C callbacks have no other way to it. Set only during ``readLine(prompt:)``, by the
    /// one thread that is in there.
    private nonisolated(unsafe) static var current: ReadlineEditor?

    private let input: Int32
    private var history: HistoryFile
    private let completer: Completer
    private var result: LineInput?
    /// Lines of a paste that wait for their turn.
    private var pasted: ArraySlice<LineInput> = []

    /// - Parameters:
    ///   - history: where lines are kept between runs.
    ///   - input: the terminal's descriptor to read from.
    ///   - streams: the terminal as readline is to use it; nil for standard input and output.
    ///   - completer: answers Tab.
    init(
        history: HistoryFile, input: Int32 = STDIN_FILENO,
        streams: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)? = nil,
        completer: @escaping Completer
    ) {
        self.input = input
        self.history = history
        self.completer = completer
        ntlearn_rl_set_application_name(Self.applicationName)
        if let streams { ntlearn_rl_set_streams(streams.input, streams.output) }
        ntlearn_rl_leave_signals_alone()
        ntlearn_rl_set_completer(Self.complete, Self.wordBreaks)
        self.history.load()
        SignalInbox.receive(Self.lasting)
    }

    // readline keeps the pointers, so these are never freed.
    private nonisolated(unsafe) static let applicationName = strdup("ntlearn")
    /// What ends a word for completion: blanks and operators, but nothing that occurs in symbols, words or file names.
    private nonisolated(unsafe) static let wordBreaks = strdup(" \t\n\"'`@=<>;|&{}(),+*[]?:")

    func readLine(prompt: String) -> LineInput {
        let prompt = PromptText(prompt)
        if let next = pasted.popFirst() { return replay(next, after: prompt.plain) }
        fflush(nil)
        let bytes = edit(prompt: prompt.markedForReadline)
        InterruptFlag.keyboard.clear()
        return bytes
    }

    private func edit(prompt: String) -> LineInput {
        Self.current = self
        result = nil
        // A Ctrl-C that came too late to stop the last run has no line to clear.
        _ = SignalInbox.take([SIGINT])
        SignalInbox.receive(Self.promptOnly)
        ntlearn_rl_forget_end_of_file()
        rl_callback_handler_install(prompt, Self.accept)
        defer {
            rl_callback_handler_remove()
            SignalInbox.release(Self.promptOnly)
            Self.current = nil
        }
        while true {
            if let result { return result }
            switch SignalInbox.wait(for: Self.lasting + Self.promptOnly, orInputFrom: input) {
            case .input: rl_callback_read_char()
            case .signal(SIGINT): return clearLine()
            case .signal(SIGWINCH): rl_resize_terminal()
            case .signal(let number): yield(to: number)
            }
        }
    }

    private func clearLine() -> LineInput {
        rl_echo_signal_char(SIGINT)
        rl_crlf()
        // Ends a search through the history, which would put its line back, so the line is emptied after it.
        rl_callback_sigcleanup()
        rl_replace_line("", 1)
        rl_free_line_state()
        rl_cleanup_after_signal()
        return .interrupted
    }

    /// Lets a signal stop or end the program with the terminal as the shell left it, and takes it back afterwards.
    private func yield(to number: Int32) {
        rl_cleanup_after_signal()
        SignalInbox.release([number])
        kill(getpid(), number)
        SignalInbox.receive([number])
        rl_reset_after_signal()
        rl_forced_update_display()
    }

    /// Takes what readline has read: one line, or several when they were pasted.
    private func take(_ text: UnsafeMutablePointer<CChar>?) {
        guard let text else {
            // What is printed next would otherwise stand behind the prompt. With bracketed paste readline sees to it.
            if !Self.isOn("enable-bracketed-paste") { rl_crlf() }
            result = .endOfFile
            return
        }
        let bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        let inputs = lines.map { InputLine.decode($0) }
        for case .line(let line) in inputs { history.add(line) }
        result = inputs.first
        pasted = inputs.dropFirst()
    }

    private static func isOn(_ variable: String) -> Bool {
        rl_variable_value(variable).map { String(cString: $0) } == "on"
    }

    private func replay(_ input: LineInput, after prompt: String) -> LineInput {
        if case .line(let line) = input { print("\(prompt)\(line)") }
        return input
    }

    private static let accept: @convention(c) (UnsafeMutablePointer<CChar>?) -> Void = { text in
        // Without this readline would at once prompt for the next line.
        rl_callback_handler_remove()
        current?.take(text)
        free(text)
    }
}

extension ReadlineEditor {
    private typealias Matches = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    private static let complete: @convention(c) (UnsafePointer<CChar>?, Int32, Int32) -> Matches? = { word, start, _ in
        guard let editor = current, let word, let line = ntlearn_rl_line() else { return nil }
        let preceding = UnsafeRawBufferPointer(start: line, count: min(Int(max(start, 0)), strlen(line)))
        let request = CompletionRequest(
            preceding: String(decoding: preceding, as: UTF8.self), word: String(cString: word))
        switch editor.completer(request) {
        case .files:
            return nil
        case .candidates(let candidates, let endsWord):
            ntlearn_rl_set_completion_over(1)
            ntlearn_rl_suppress_append(endsWord ? 0 : 1)
            return matches(candidates, for: request.word)
        }
    }

    /// readline's form of an answer: what replaces the word, then the candidates if there are several, then a null.
    private static func matches(_ candidates: [String], for word: String) -> Matches? {
        guard let first = candidates.first else { return nil }
        let several = candidates.count > 1
        let texts = several ? [replacement(for: word, by: candidates)] + candidates : [first]
        // readline frees the list and its texts, so both come from C's allocator; calloc leaves the null at the end.
        let bytes = calloc(texts.count + 1, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride)
        let matches = bytes?.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
        for (index, text) in texts.enumerated() { matches?[index] = strdup(text) }
        return matches
    }

    /// What all candidates begin with, but never less than what was typed.
    private static func replacement(for word: String, by candidates: [String]) -> String {
        let common = candidates.dropFirst().reduce(candidates.first ?? "") { $0.commonPrefix(with: $1) }
        return common.count < word.count ? word : common
    }
}
