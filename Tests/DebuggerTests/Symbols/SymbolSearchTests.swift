import Debugger
import Testing

@Suite("Searching symbols")
struct SymbolSearchTests {
    private let table = SymbolTable([
        Symbol(name: "nt!KiSystemService", address: 0x30), Symbol(name: "nt!KiServiceExit", address: 0x20),
        Symbol(name: "nt!NtClose", address: 0x40), Symbol(name: "ntdll!NtClose", address: 0x10),
        Symbol(name: "ntdll!_NtSpecial", address: 0x11), Symbol(name: "boot", address: 0x1),
    ])

    @Test(
        "Patterns for x, the answer by address",
        arguments: [
            ("nt!Ki*", ["nt!KiServiceExit", "nt!KiSystemService"]),
            ("NT!ki*", ["nt!KiServiceExit", "nt!KiSystemService"]),
            ("*!NtClose", ["ntdll!NtClose", "nt!NtClose"]), ("NtCl?se", ["ntdll!NtClose", "nt!NtClose"]),
            ("nt*!*Exit", ["nt!KiServiceExit"]), ("nt!Ki", []), ("ntdll!_NtS*", ["ntdll!_NtSpecial"]),
            ("ntdll!_NtC*", ["ntdll!NtClose"]), ("!boot", ["boot"]), ("nope!*", []),
        ] as [(String, [String])])
    func patterns(pattern: String, expected: [String]) {
        #expect(table.symbols(matching: pattern).map(\.name) == expected)
    }

    @Test(
        "Completion: bare names and modules first, full names after the exclamation mark",
        arguments: [
            ("nt", ["nt!", "NtClose", "ntdll!"]), ("nt!k", ["nt!KiServiceExit", "nt!KiSystemService"]),
            ("KI", ["KiServiceExit", "KiSystemService"]), ("ntdll!", ["ntdll!_NtSpecial", "ntdll!NtClose"]), ("zz", []),
        ] as [(String, [String])])
    func completions(prefix: String, expected: [String]) {
        #expect(table.completions(of: prefix) == expected)
    }

    @Test("Completions can be limited")
    func completionLimit() {
        #expect(table.completions(of: "", limit: 2).count == 2)
        #expect(table.completions(of: "", limit: -1).isEmpty)
    }

    @Test("A mistyped name finds its neighbours, and only those")
    func suggestions() {
        #expect(table.suggestions(for: "KiSystemServise") == ["nt!KiSystemService"])
        #expect(table.suggestions(for: "nt!NtCloes") == ["nt!NtClose"])
        #expect(table.suggestions(for: "NtClosee") == ["ntdll!NtClose", "nt!NtClose"])
        #expect(table.suggestions(for: "Completely").isEmpty)
        #expect(table.suggestions(for: "").isEmpty)
    }

    @Test(
        "Wildcards as Microsoft's page describes them",
        arguments: [
            (
                "Prog[er-t7]am", ["Progeam", "Program", "Progsam", "Progtam", "Prog7am"],
                ["Progam", "Proguam", "Progerm"]
            ),
            ("Lo#p", ["Lp", "Lop", "Loop", "Looop"], ["Lap", "Lo"]), ("Lo+p", ["Lop", "Loop"], ["Lp"]),
            ("m[ia]#n", ["mn", "min", "maan", "miain"], ["men"]), ("m[ia]+n", ["min", "main"], ["mn"]),
            ("a?+b", ["axb", "axyb"], ["ab"]), ("a*b", ["ab", "axyb"], ["abc"]), ("a\\*b", ["a*b"], ["axb"]),
            ("", [""], ["a"]), ("[ab", ["[ab"], ["a", "b"]), ("#a", ["#a"], ["a"]), ("[]", [], ["", "x", "[]"]),
            ("a\\", ["a\\"], ["a"]),
        ] as [(String, [String], [String])])
    func wildcards(pattern: String, matching: [String], other: [String]) {
        let wildcard = WildcardPattern(pattern)
        for text in matching { #expect(wildcard.matches(text), "\(text)") }
        for text in other { #expect(!wildcard.matches(text), "\(text)") }
    }

    @Test("A pattern made to blow up a naive matcher is answered")
    func hostilePattern() {
        let pattern = WildcardPattern(String(repeating: "a*", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 500)))
    }
}
