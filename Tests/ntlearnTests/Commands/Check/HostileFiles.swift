import Foundation
import Testing

/// Files that were made to harm whoever checks them, each with the code that it must end in.
struct HostileFile: Sendable, CustomTestStringConvertible {
    let name: String
    let code: String
    /// Makes the file; gets the path of `lessons/NAME.md` or `machines/NAME.asm`.
    let make: @Sendable (String) throws -> Void
    var isMachine = false

    var testDescription: String { name }
}

extension HostileFile {
    static let front = "---\nformat: 1\nid: hostile\ntitle: Hostile\n---\n"

    private static func text(_ name: String, _ code: String, _ body: @autoclosure @escaping @Sendable () -> String)
        -> Self
    {
        HostileFile(name: name, code: code) { path in
            try Data((front.replacing("id: hostile", with: "id: \(name)") + body()).utf8).write(
                to: URL(fileURLWithPath: path))
        }
    }

    private static func quiz(_ name: String, _ code: String, _ keys: String) -> Self {
        text(name, code, "```quiz id=q\n\(keys)\n```\n")
    }

    private static func program(_ name: String, _ code: String, _ lines: String...) -> Self {
        text(name, code, "```trace id=t\nmachine: xp\nprogram: |\n" + lines.map { "    \($0)\n" }.joined() + "```\n")
    }

    private static func machine(_ name: String, _ code: String, _ source: String) -> Self {
        HostileFile(
            name: name, code: code, make: { try Data(source.utf8).write(to: URL(fileURLWithPath: $0)) }, isMachine: true
        )
    }

    private static func bytes(_ name: String, _ code: String, _ bytes: [UInt8]) -> Self {
        HostileFile(name: name, code: code) { try Data(bytes).write(to: URL(fileURLWithPath: $0)) }
    }

    private static func link(_ name: String, _ code: String, to target: String, isMachine: Bool = false) -> Self {
        HostileFile(
            name: name, code: code,
            make: { try FileManager.default.createSymbolicLink(atPath: $0, withDestinationPath: target) },
            isMachine: isMachine)
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static let escape = "\u{1B}[2J\u{1B}]0;x\u{7}"

    static let characters: [HostileFile] = [
        text(
            "escapes", "control-character",
            """
            # H\(escape)

            `c\(escape)` [l\(escape)](https://x/\(escape)) &#27; &#x9b;

            ```nasm \(escape)
            \(escape)
            ```

            ```quiz id=q\(escape)
            type: "choice\\e"
            ask: "Q\\e"
            choices: ["a\\e", "b\\a"]
            answer: "\\x9b"
            ```

            """),
        text("nul-bytes", "control-character", repeated("a\u{0}b\n", 1000)),
        bytes("latin-1", "invalid-utf8", Array(front.utf8) + [0x63, 0xE9, 0xFF, 0xC0, 0xAF]),
        bytes("utf-16", "invalid-utf8", [0xFF, 0xFE] + front.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
    ]

    static let sizes: [HostileFile] = [
        HostileFile(name: "hundred-megabytes", code: "file-too-large") { path in
            try Data(front.utf8).write(to: URL(fileURLWithPath: path))
            try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 100 << 20)
        },
        text("megabyte-line", "too-long", repeated("x", 1_000_000)),
        text(
            "many-blocks", "too-long",
            (0..<15_000).map { "```quiz id=q\($0)\ntype: text\nask: Q\nanswer: one\n```\n" }.joined()),
        text("many-fences", "too-long", repeated("```\n", 200_000)),
        text("many-links", "broken-link", repeated("[a](no-such.md)\n\n", 30_000)),
    ]

    static let depths: [HostileFile] = [
        quiz("deep-yaml", "too-deep", "ask: " + repeated("[", 900) + repeated("]", 900)),
        text("deep-quotations", "too-deep", repeated("> ", 900) + "x\n"),
        text("deep-lists", "too-deep", (0..<900).map { repeated("  ", $0) + "- x\n" }.joined()),
        quiz(
            "alias-bomb", "yaml-alias",
            "a0: &a0 [x, x, x]\n"
                + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]\n" }.joined()),
        quiz(
            "deep-expression", "bad-expression",
            "type: value\nmachine: xp\ncall: NtClose(4)\nat: ntdll!NtClose\nask: Q?\nanswer: " + repeated("poi(", 400)
                + "esp" + repeated(")", 400)),
        quiz("huge-range", "bad-parameter", "type: text\nask: $(a)\nanswer: $(a)\nvary: {a: 0..99999999999999999999}"),
    ]

    static let programs: [HostileFile] = [
        program("endless-loop", "never-reached", "jmp $"),
        program("endless-repetition", "bad-program", "%rep 1000000000", "nop", "%endrep"),
        program(
            "nested-repetition", "bad-program", "%rep 999", "%rep 999", "%rep 999", "nop", "%endrep", "%endrep",
            "%endrep"),
        program("large-array", "bad-program", "times 2000000000 db 0"),
        program("password-file", "bad-program", "%include \"/etc/passwd\""),
        text(
            "long-runs", "too-slow",
            (0..<190).map { number in
                """
                ```quiz id=q\(number)
                type: value
                machine: xp
                program: |
                    mov ecx, 1900000
                    loop $
                    hlt
                at: program!main+7
                ask: Q?
                answer: ecx
                ```


                """
            }.joined()),
    ]

    static let machines: [HostileFile] = [
        machine(
            "includes-itself", "assembly",
            "bits 32\n%include \"includes-itself.asm\"\n%include \"includes-itself.asm\"\n"),
        machine("climbs-out", "assembly", "bits 32\n%include \"../../../../etc/passwd\"\n"),
        machine("reads-device", "assembly", "bits 32\n%include \"/dev/zero\"\n"),
        link("device", "bad-machine", to: "/dev/zero", isMachine: true),
        HostileFile(name: "pipe", code: "bad-machine", make: { mkfifo($0, 0o600) }, isMachine: true),
        machine(
            "triple-fault", "never-boots",
            """
            bits 32
            org 0x100000
            header:
                dd 0x1BADB002, 0x00010000, -(0x1BADB002 + 0x00010000)
                dd header, header, 0, 0, start
            start:
                ud2
            """),
    ]

    static let places: [HostileFile] = [
        HostileFile(name: "pipe", code: "unreadable-file") { mkfifo($0, 0o600) },
        HostileFile(name: "folder", code: "unreadable-file") {
            try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: false)
        },
        link("password-link", "outside-course", to: "/etc/passwd"),
        link("device-link", "outside-course", to: "/dev/zero"),
        link("link-to-itself", "unreadable-file", to: "link-to-itself.md"),
    ]

    static let all = characters + sizes + depths + programs + machines + places
}
