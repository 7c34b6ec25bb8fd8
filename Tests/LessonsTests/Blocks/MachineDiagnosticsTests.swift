import LessonEngine
import Lessons
import Testing

/// What `ntlearn check` finds in blocks that need a machine, and where.
struct MachineDiagnosticsTests {
    @Test(
        "Mistakes in a trace are found at their line and column",
        arguments: [
            ("machine: xq\ncall: NtClose(4)", "bad-machine", 2, 10),
            ("machine: xp\ncpu: pentium9\ncall: NtClose(4)", "bad-machine", 3, 6),
            ("machine: xp\ncall: NtClose", "bad-call", 3, 7),
            ("machine: xp\ncall: NtClose(4)\nto: nt!KiFastCallEntr", "bad-expression", 2, 10),
            ("machine: xp\ncall: NtClose(4)\nto: poi(", "bad-expression", 4, 9),
            ("machine: xp\ncall: NtClose(4)\nwatch: [eax, bogus]", "expression-fails", 4, 14),
            ("machine: win2k\ncall: NtClose(4)\nto: ntdll!NtOpenFile", "never-reached", 2, 10),
            ("machine: xp\ncall: [NtClose(4), 'NtClose(4, 5)']", "bad-call", 3, 20),
            ("machine: xp\ncall: NtClosse(4)", "bad-call", 3, 7),
            ("machine: xp\nprogram: |\n    nop\n\n    mov eax, zork\n", "bad-program", 6, 14),
            ("machine: xp\nprogram: |\n\n  mov eax", "bad-program", 5, 3),
            ("machine: xp\nprogram: mov eax, zork", "bad-program", 3, 19),
            ("machine: xp\nprogram: 'mov eax, zork'", "bad-program", 3, 20),
            ("machine: ../xp\ncall: NtClose(4)", "bad-machine", 2, 10),
            ("machine: xp\ncal: NtClose(4)", "unknown-key", 3, 1),
        ])
    func trace(body: String, code: String, line: Int, column: Int) {
        let found = diagnostics("```trace id=t\n\(body)\n```\n")
        let place = SourceLocation(file: "test.md", line: headLines + line, column: column)
        #expect(found.map(\.code) == [code])
        #expect(found.first?.location == place)
    }

    @Test("A machine that does not exist is one mistake, however often the prose looks at it")
    func missingMachine() {
        let found = diagnostics("EAX is {{ eax }}.\n\n```trace id=t\nmachine: sysentr\ncall: NtClose(4)\n```\n")
        #expect(found.map(\.code) == ["bad-machine"])
        #expect(found.first?.note == "did you mean `sysenter`?")
    }

    @Test("A program that never ends is stopped and reported")
    func endless() {
        let found = diagnostics("```trace id=t\nmachine: xp\nprogram: |\n  jmp $\n```\n")
        #expect(found.map(\.code) == ["never-reached"])
        #expect(found.first?.message.contains("does not halt within") == true)
    }

    @Test("Feedback for the correct answer is a mistake")
    func feedbackForTheKey() {
        let found = diagnostics(
            """
            ```quiz id=q
            type: value
            machine: sysenter
            call: NtClose(4)
            at: nt!KiFastCallEntry
            ask: What?
            answer: eax
            feedback:
              - {given: 0x19, say: No.}
            ```
            """)
        #expect(found.map(\.code) == ["bad-value"])
        #expect(found.first?.location.line == headLines + 9)
    }

    @Test("A hint that holds the number gives it away")
    func hint() {
        let found = diagnostics(
            """
            ```quiz id=q
            type: value
            machine: sysenter
            call: NtClose(4)
            at: nt!KiFastCallEntry
            ask: What?
            answer: eax
            hints: [It is 25.]
            ```
            """)
        #expect(found.map(\.code) == ["hint-gives-answer"])
    }

    @Test("A value in prose comes from the machine")
    func liveValue() throws {
        let body =
            "EAX is {{ eax }}.\n\n```trace id=t\nmachine: sysenter\ncall: NtClose(4)\nto: nt!KiFastCallEntry\n```\n"
        let lesson = try #require(loadLesson(body).lesson)
        let expression = try #require(lesson.liveExpressions.first)
        #expect(try lesson.liveBlock(for: expression)?.value(of: expression.expression) == "19h")
    }
}
