import Testing

@testable import ntlearn

@Suite("No line crashes or hangs the prompt")
struct HostileLineTests {
    /// SplitMix64: the same lines on every run.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let pieces = [
        "esp", "@eip", "eax", "0", "1", "ffffffff", "-1", "400000", "7ffe0300", "80000000", "L5", "L0", "L?ffffffff",
        "L",
        "poi(esp)", "nt!KiSystemService", "nt!*", "*", "=", "==", "+", "-", "/", "/w", "\"@eax==1\"", "\"", ";", ":",
        "!", "(",
        ")", "[", "mov eax, 1", "jmp $", "-d", "-a", "w4", "e1", "é", "\u{FFFD}", "1`0", "0n", ",", "@", "zf=1",
        "eip=400000",
        "$ip", ".", "99999999999999999999", "times 9 nop", "'", "%", "\t",
    ]

    @Test("Random arguments behind every word", arguments: 0..<8 as Range<UInt64>)
    func randomLines(seed: UInt64) throws {
        var random = Generator(state: seed)
        let learner = try Learner.atProgramStart()
        learner.session.runBudget = 2_000
        let words = learner.session.words.specs.filter { $0.group != .lessons && $0.name != "quit" }.map(\.name)
        for _ in 0..<250 {
            let word = words.randomElement(using: &random) ?? "r"
            let count = Int.random(in: 0...4, using: &random)
            let arguments = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            let separator = Bool.random(using: &random) ? " " : ""
            let shown = learner.type(([word] + arguments).joined(separator: separator.isEmpty ? "" : " "))
            #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 200 })
            if learner.session.debugger.assemblyAddress != nil { learner.type("") }
            if Int.random(in: 0..<40, using: &random) == 0 { learner.session.forgetMachine() }
        }
    }

    @Test("Every beginning of every word's example", arguments: WordRegistry<LearnSession>.all.specs)
    func beginnings(spec: WordSpec) throws {
        let learner = try Learner.atProgramStart()
        for length in 0...spec.example.count where spec.group != .lessons && spec.name != "quit" {
            learner.type(String(spec.example.prefix(length)))
            if learner.session.debugger.assemblyAddress != nil { learner.type("") }
        }
    }

    @Test("Every example does what it says, without an error", arguments: WordRegistry<LearnSession>.all.specs)
    func examples(spec: WordSpec) throws {
        guard spec.group != .lessons, ![".trap", ".undo"].contains(spec.name) else { return }
        let learner = try Learner.atProgramStart()
        let text = learner.type(spec.example)
        #expect(!text.contains("Column ") && !text.contains("Usage:"), "\(text)")
        #expect(text.split(separator: "\n").allSatisfy { String($0).displayWidth <= 80 }, "\(text)")
    }

    @Test("Long lists and groups of words stay within 80 columns")
    func width() throws {
        let learner = try Learner.atProgramStart()
        let groups = WordGroup.allCases.map { "help \($0.rawValue)" }
        for line in ["!idt", "!ssdt", "dg 0 60", "x *", "dt -r2 _KPCR ffdff000", "uf nt!KiSystemService"] + groups {
            let wide = learner.type(line).split(separator: "\n").map(String.init).filter { $0.displayWidth > 80 }
            #expect(wide.isEmpty, "\(line)")
        }
    }
}
