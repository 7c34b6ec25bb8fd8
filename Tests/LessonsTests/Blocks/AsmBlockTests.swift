import LessonEngine
import Lessons
import Testing

/// Assembly in a block of its own.
struct AsmBlockTests {
    private static let trace = "```trace id=t\nmachine: xp\nasm: null-read\nto: nt!KiTrap0E\n```\n"
    private static let listing = "```asm id=null-read\n    mov eax, [0]\n```\n"

    @Test("A trace runs the block that it names, wherever that stands")
    func run() throws {
        for body in [Self.listing + "\n" + Self.trace, Self.trace + "\n" + Self.listing] {
            #expect(diagnostics(body).map(\.description) == [])
            let lesson = try #require(loadLesson(body).lesson)
            #expect(try (lesson.block("t") as? TraceBlock)?.value(of: "cr2") == "0")
            #expect((lesson.block("null-read") as? AsmBlock)?.text == "    mov eax, [0]\n")
        }
    }

    @Test("Without an id it is plain code, and so is a language with a similar name")
    func plain() {
        for info in ["asm", "nasm"] {
            let loaded = loadLesson("```\(info)\nmov eax\n```\n")
            #expect(loaded.diagnostics.map(\.description) == [])
            #expect(loaded.lesson?.blocks.isEmpty == true)
        }
    }

    @Test(
        "Mistakes are reported at their lines",
        arguments: [
            ("```asm id=a\n    nop\n\n    mov eax, zork\n```", "bad-program", 4, 14),
            ("```asm id=a\n```", "bad-program", 1, 1),
            ("```trace id=t\nmachine: xp\nasm: nul-read\n```\n\n```asm id=null-read\nhlt\n```", "bad-program", 3, 6),
            ("```trace id=t\nmachine: xp\ncall: NtClose(4)\nasm: a\n```\n\n```asm id=a\nhlt\n```", "bad-call", 4, 6),
            ("```asm id=a\nhlt\n```\n\n```asm id=a\nhlt\n```", "duplicate-id", 5, 1),
            ("```asmm id=a\nhlt\n```", "unknown-block", 1, 1),
        ])
    func mistakes(body: String, code: String, line: Int, column: Int) {
        let found = diagnostics(body)
        #expect(found.map(\.code) == [code])
        #expect(found.first?.location == SourceLocation(file: "test.md", line: headLines + line, column: column))
    }

    @Test("A block that only looks like one, inside a longer fence, is not run")
    func nested() {
        let body = "````text\n```asm id=a\nhlt\n```\n````\n\n```trace id=t\nmachine: xp\nasm: a\n```\n"
        #expect(diagnostics(body).map(\.code) == ["bad-program"])
    }
}
