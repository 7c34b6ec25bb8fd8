import Testing

@testable import ntlearn

@Suite("Completion knows what a word takes")
struct WordCompletionTests {
    private func complete(_ preceding: String, _ word: String) -> Completion {
        recordingWords.completion(for: CompletionRequest(preceding: preceding, word: word)) { kind, beginning in
            let names: [CompletionKind: [String]] = [
                .register: ["eax", "ebx"], .symbol: ["ntdll!NtClose"], .lesson: ["sysenter", "int2e"],
            ]
            return (names[kind] ?? []).filter { $0.hasPrefix(beginning) }
        }
    }

    @Test("At the beginning of a command stand words", arguments: ["", "  ", ":", "t; ", "t;:"])
    func words(preceding: String) {
        #expect(complete(preceding, "d") == .candidates(["db", "dw", "dd"], endsWord: true))
    }

    @Test("Behind a word stands what the word takes")
    func arguments() {
        #expect(complete("lesson ", "s") == .candidates(["sysenter"], endsWord: true))
        #expect(complete("db ", "e") == .candidates(["eax", "ebx"], endsWord: false))
        #expect(complete("? poi(", "nt") == .candidates(["ntdll!NtClose"], endsWord: false))
        #expect(complete("?", "ea") == .candidates(["eax"], endsWord: false))
        #expect(complete("help ", "le") == .candidates(["lesson"], endsWord: true))
        #expect(complete(".load ", "x") == .files)
    }

    @Test(
        "There is nothing to complete behind a word that takes nothing, or behind no word", arguments: ["t ", "xyzzy "])
    func nothing(preceding: String) {
        #expect(complete(preceding, "e") == .candidates([], endsWord: preceding == "t "))
    }
}
