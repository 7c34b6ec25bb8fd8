import Foundation
import Testing

@testable import ntlearn

@Suite("Reading lines from a pipe")
struct PipeEditorTests {
    /// Reads everything from a file with these bytes.
    private func read(_ bytes: some Sequence<UInt8>, promptsFirst: Bool = false) throws -> (
        inputs: [LineInput], shown: String
    ) {
        let folder = try TemporaryFolder()
        let path = folder.path + "/input"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        var shown = ""
        var inputs: [LineInput] = []
        let editor = PipeEditor(descriptor: descriptor, promptsFirst: promptsFirst) { shown += $0 }
        repeat { inputs.append(editor.readLine(prompt: "\u{1B}[1mnt\u{1B}[0m> ")) } while inputs.last != .endOfFile
        return (inputs, shown)
    }

    @Test("The transcript shows each prompt with its line, and no escapes")
    func transcript() throws {
        let (inputs, shown) = try read("t\r\n\ndb esp".utf8)
        #expect(inputs == [.line("t"), .line(""), .line("db esp"), .endOfFile])
        #expect(shown == "nt> t\nnt> \nnt> db esp\n")
    }

    @Test("A person whose output goes elsewhere gets the prompt before the line, and no echo")
    func promptsFirst() throws {
        #expect(try read("t\n".utf8, promptsFirst: true).shown == "nt> nt> ")
    }

    @Test("Control characters and bytes that are no UTF-8 become replacement characters")
    func oddBytes() throws {
        let (inputs, _) = try read([0x61, 0x00, 0x1B, 0xFF, 0xC2, 0x9B, 0x09, 0x62, 0x0A])
        #expect(inputs.first == .line("a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\tb"))
    }

    @Test("A line that is too long is refused as a whole, and the next one is read")
    func longLine() throws {
        let (inputs, _) = try read([UInt8](repeating: 0x41, count: 1_000_000) + Array("\nt\n".utf8))
        #expect(inputs == [InputLine.tooLong, .line("t"), .endOfFile])
        let (longest, _) = try read([UInt8](repeating: 0x41, count: InputLine.limit))
        #expect(longest.first == .line(String(repeating: "A", count: InputLine.limit)))
    }

    @Test("A descriptor that cannot be read is at its end")
    func unreadable() {
        #expect(PipeEditor(descriptor: -1) { _ in }.readLine(prompt: "") == .endOfFile)
    }

    @Test("readline is told which parts of a prompt take no columns")
    func markedPrompt() {
        let prompt = PromptText("\u{1B}[1mnt\u{1B}[0m> ")
        #expect(prompt.markedForReadline == "\u{1}\u{1B}[1m\u{2}nt\u{1}\u{1B}[0m\u{2}> ")
        #expect(prompt.plain == "nt> ")
        #expect(PromptText("nt\u{1B}[").plain == "nt")
    }
}
