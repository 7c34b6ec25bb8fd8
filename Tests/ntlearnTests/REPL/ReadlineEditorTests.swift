import Foundation
import Synchronization
import Testing

@testable import ntlearn

/// readline keeps its state in globals, so these run one after the other, each with the editor on a thread of its own.
@Suite("The readline prompt on a terminal", .serialized)
final class ReadlineEditorTests {
    /// What the editor has returned so far.
    private final class Results: Sendable {
        let inputs = Mutex<[LineInput]>([])
        let done = DispatchSemaphore(value: 0)
    }

    private let terminal: PseudoTerminal
    private let folder: TemporaryFolder

    init() throws {
        terminal = try PseudoTerminal()
        folder = try TemporaryFolder()
    }

    deinit { SignalInbox.release([SIGINT, SIGWINCH]) }

    private var historyPath: String { folder.path + "/state/history" }

    /// Shows the prompts `1> `, `2> ` … until the end of the input, while `type` types.
    private func edit(_ type: (PseudoTerminal) throws -> Void) throws -> [LineInput] {
        let results = Results()
        let (path, history) = (terminal.path, historyPath)
        Thread.detachNewThread {
            Self.readLines(from: path, history: history, into: results)
            results.done.signal()
        }
        try type(terminal)
        try terminal.send("\u{4}")
        #expect(results.done.wait(timeout: .now() + 60) == .success)
        return results.inputs.withLock(\.self)
    }

    private static func readLines(from path: String, history: String, into results: Results) {
        let descriptor = open(path, O_RDWR | O_NOCTTY)
        guard let input = fdopen(descriptor, "r"), let output = fdopen(dup(descriptor), "w") else { return }
        let words = ["db", "help", "ntdll!NtClose", "ntdll!NtOpenFile"]
        let editor = ReadlineEditor(
            history: HistoryFile(path: history), input: descriptor, streams: (input, output)
        ) { request in
            .candidates(words.filter { $0.hasPrefix(request.word) }, endsWord: request.preceding.isEmpty)
        }
        for number in 1... {
            let line = editor.readLine(prompt: "\u{1B}[1m\(number)\u{1B}[0m> ")
            if line == .endOfFile { break }
            results.inputs.withLock { $0.append(line) }
        }
    }

    @Test("Tab completes words, and symbols as far as they agree")
    func completion() throws {
        let inputs = try edit { terminal in
            try terminal.wait(for: "1> ")
            try terminal.send("he\t\r")
            try terminal.wait(for: "2> ")
            try terminal.send("db poi(nt\tC\t\r")
            try terminal.wait(for: "3> ")
        }
        #expect(inputs == [.line("help "), .line("db poi(ntdll!NtClose")])
    }

    @Test("Ctrl-C clears the line and nothing else")
    func interrupt() throws {
        let inputs = try edit { terminal in
            try terminal.wait(for: "1> ")
            try terminal.send("half a li")
            try terminal.wait(for: "half a li")
            kill(getpid(), SIGINT)
            try terminal.wait(for: "2> ")
            try terminal.send("t\r")
            try terminal.wait(for: "3> ")
        }
        #expect(inputs == [.interrupted, .line("t")])
        #expect(!InterruptFlag.keyboard.isRequested)
    }

    @Test("Ctrl-C ends a search through the history and leaves an empty line")
    func interruptedSearch() throws {
        let inputs = try edit { terminal in
            try terminal.wait(for: "1> ")
            try terminal.send("help\r")
            try terminal.wait(for: "2> ")
            try terminal.send("\u{12}he")
            // readline redraws only what the second letter has changed.
            try terminal.wait(for: "e': help")
            kill(getpid(), SIGINT)
            try terminal.wait(for: "3> ")
            try terminal.send("t\r")
            let shown = try terminal.wait(for: "4> ")
            #expect(shown == "t\n4> ", "neither the search nor its line is left over")
        }
        #expect(inputs == [.line("help"), .interrupted, .line("t")])
    }

    @Test("A change of the window's size leaves the line as it is")
    func resize() throws {
        let inputs = try edit { terminal in
            try terminal.wait(for: "1> ")
            try terminal.send("db esp")
            try terminal.wait(for: "db esp")
            terminal.resize(columns: 40, rows: 10)
            kill(getpid(), SIGWINCH)
            try terminal.send(" L5\r")
            try terminal.wait(for: "2> ")
        }
        #expect(inputs == [.line("db esp L5")])
    }

    @Test("What was typed is there again in the next run, without blanks and repetitions")
    func history() throws {
        _ = try edit { terminal in
            try terminal.wait(for: "1> ")
            try terminal.send("first\rsecond\rsecond\r \r")
            try terminal.wait(for: "5> ")
        }
        #expect(try String(contentsOfFile: historyPath, encoding: .utf8) == "first\nsecond\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: historyPath)
        #expect(attributes[.posixPermissions] as? Int == 0o600, "what a learner typed is nobody else's to read")
        let inputs = try edit { terminal in
            try terminal.wait(for: "1> ")
            try terminal.send("\u{10}\u{10}\r")
            try terminal.wait(for: "2> ")
        }
        #expect(inputs == [.line("first")])
    }

    @Test("The history file keeps the last 1000 lines")
    func boundedHistory() throws {
        try folder.write("state/history", (1...1500).map { "line \($0)\n" }.joined())
        _ = try edit { try $0.wait(for: "1> ") }
        let lines = try String(contentsOfFile: historyPath, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == HistoryFile.limit)
        #expect(lines.last == "line 1500")
    }

    @Test("Pasted lines are answered one by one")
    func paste() throws {
        let inputs = try edit { terminal in
            try terminal.wait(for: "1> ")
            try terminal.send("\u{1B}[200~t\ndb esp\n\u{1B}[201~\r")
            try terminal.wait(for: "3> ")
        }
        #expect(inputs == [.line("t"), .line("db esp")])
    }

    @Test("The history is kept in the XDG state folder")
    func statePath() {
        let chosen = HistoryFile.inStateFolder(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"])
        #expect(chosen.path == "/s/ntlearn/history")
        #expect(HistoryFile.inStateFolder(environment: ["HOME": "/h"]).path == "/h/.local/state/ntlearn/history")
        #expect(
            HistoryFile.inStateFolder(environment: ["XDG_STATE_HOME": "s", "HOME": "/h"]).path?.hasPrefix("/h") == true)
        #expect(HistoryFile.inStateFolder(environment: [:]).path == nil)
    }
}
