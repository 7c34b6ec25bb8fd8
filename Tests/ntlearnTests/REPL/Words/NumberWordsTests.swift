import Testing

@testable import ntlearn

@Suite("Numbers")
struct NumberWordsTests {
    @Test("? shows a value in decimal and hexadecimal, and the symbol that it is")
    func evaluate() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.lines("? 0n10 + 0t10 + 0y10") == ["Evaluate expression: 20 = 00000014"])
        #expect(learner.lines("? low(12345678) | hi(12345678)") == ["Evaluate expression: 22140 = 0000567c"])
        #expect(learner.type("? ntdll!NtClose+3").contains("   ntdll!NtClose+0x3"))
        #expect(learner.type("?").contains("Usage: ? EXPRESSION"))
    }

    @Test(".formats shows a number in every notation")
    func formats() throws {
        let learner = try Learner.atProgramStart()
        #expect(
            learner.type(".formats 41424321") == """
                Evaluate expression:
                  Hex:     41424321
                  Decimal: 1094861601
                  Octal:   10120441441
                  Binary:  01000001 01000010 01000011 00100001
                  Chars:   ABC!

                """)
        #expect(learner.type(".formats -1").contains("4294967295, signed -1"))
        #expect(learner.type(".formats 1`00000000").contains("00000001`00000000"))
    }

    @Test("n sets the radix of what is typed, in every word")
    func radix() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.lines("n") == ["base is 16"])
        #expect(learner.lines("n 10") == ["base is 10"])
        #expect(learner.value(of: "10") == "0000000a")
        #expect(learner.lines("db 4194304 L10").first?.split(separator: "-").count == 2)
        learner.type("r eax=20")
        #expect(learner.value(of: "eax") == "00000014")
        #expect(learner.type("n 7").contains("The radix is 8, 10 or 16"))
        #expect(learner.lines("n 16") == ["base is 16"])
    }
}
