import Testing
import X86

/// None of these may crash, hang or take much memory; most end in a diagnostic.
@Suite("Hostile sources end in a diagnostic")
struct HostileSourceTests {
    @Test(
        "What would grow without bound is stopped",
        arguments: [
            ("times 16777217 nop", "larger than 16 MiB"),
            ("times 0x7FFFFFFF resd 0x7FFFFFFF", "larger than 16 MiB"),
            ("times 0x7FFFFFFFFFFFFFFF nop", "is too large"),
            ("resb 0x7FFFFFFFFFFFFFFF", "is too large"),
            ("nop\nalign 0x40000000", "larger than 16 MiB"),
            ("nop\nsection a start=0xF0000000\nnop", "larger than 16 MiB"),
            ("x: times 99999999 jmp x", "too often"),
            ("%rep 65536\n%rep 65536\nnop\n%endrep\n%endrep", "too long after expanding"),
            ("%macro a 0\nb\nb\n%endmacro\n%macro b 0\na\n%endmacro\na", "unknown instruction `a`"),
        ])
    func growth(source: String, message: String) {
        #expect(diagnostics(source).contains { $0.message.contains(message) })
    }

    @Test("Macros that double at every level are stopped")
    func doubling() {
        let lines = (0..<40).map { "%define a\($0) a\($0 + 1) a\($0 + 1)" }
        #expect(!diagnostics(lines.joined(separator: "\n") + "\ndb a0").isEmpty)
        let macros = (0..<40).map { "%macro m\($0) 0\nm\($0 + 1)\nm\($0 + 1)\n%endmacro" }
        #expect(!diagnostics(macros.joined(separator: "\n") + "\nm0").isEmpty)
    }

    @Test("A file that includes itself is stopped")
    func recursiveInclude() {
        let found = diagnostics("%include 'a'") { _ in "%include 'a'" }
        #expect(found.map(\.message) == ["includes are nested more than 32 deep"])
    }

    @Test("Nesting does not exhaust the stack", arguments: ["(", "[", "-", "~", "1+", "f("])
    func nesting(opener: String) {
        let source = "%define f(x) x\ndd " + String(repeating: opener, count: 100_000) + "1"
        let found = diagnostics(source)
        #expect(["-", "~", "1+"].contains(opener) ? found.count <= 1 : found.count == 1)
    }

    @Test("Long lines, names and strings are only long")
    func longLines() {
        #expect(diagnostics(String(repeating: "x", count: 200_000) + ": nop").isEmpty)
        #expect(diagnostics("db " + String(repeating: "1,", count: 100_000) + "1").isEmpty)
        #expect(diagnostics("db '" + String(repeating: "x", count: 200_000) + "'").isEmpty)
    }

    @Test(
        "Numbers at the edge of 64 bits wrap, never trap",
        arguments: [
            "dq -0x8000000000000000 // -1", "dq -0x8000000000000000 %% -1", "dq 0x7FFFFFFFFFFFFFFF + 1",
            "dq 1 << 64, 1 >> -1",
            "dq -1 >>> 100", "dq -(-0x8000000000000000)", "dq 0xFFFFFFFFFFFFFFFF * 0xFFFFFFFFFFFFFFFF",
            "%assign i 0x7FFFFFFFFFFFFFFF\n%assign i i + 1\ndq i, -i",
        ])
    func edges(source: String) {
        #expect(diagnostics(source).isEmpty)
    }

    @Test("Truncating or garbling a source never crashes")
    func garbled() {
        let source = """
            %macro m 1-2+
            %%a: mov eax, [ebx + %1 * 4]
            %endmacro
            section a vstart=0x1000 align=16
            x: m 5, 6
            %if 1 && (2 > 1)
            times 3 db 'a', `\\n`, 0x12
            %endif
            jmp short x
            %rep 2
            align 8
            %endrep
            """
        let bytes = Array(source.utf8)
        for length in stride(from: 0, to: bytes.count, by: 3) {
            _ = diagnostics(String(decoding: bytes.prefix(length), as: UTF8.self))
            var garbled = bytes
            for index in stride(from: length, to: bytes.count, by: 17) {
                garbled[index] = bytes[(index * 31) % bytes.count]
            }
            _ = diagnostics(String(decoding: garbled, as: UTF8.self))
        }
        #expect(diagnostics(source).isEmpty)
    }
}
