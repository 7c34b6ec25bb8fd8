import Spelling
import Testing

/// Guessing what a mistyped word was meant to be.
struct DidYouMeanTests {
    private static let words = ["lesson", "hint", "menu", "skip", "db", "dd", "NtClose", "NtCreateFile"]

    @Test(
        "A slip of the keyboard is met with the word that was meant",
        arguments: [
            ("lessn", "lesson"), ("lesosn", "lesson"), ("hnit", "hint"), ("menuu", "menu"), ("SKIP", "skip"),
            ("ntclosse", "NtClose"), ("les", "lesson"),
        ])
    func slip(typed: String, meant: String) { #expect(didYouMean(typed, among: Self.words) == meant) }

    @Test(
        "Nothing is guessed from what is like nothing, or like everything", arguments: ["", "banana", "da", "x", "Nt"])
    func noGuess(typed: String) { #expect(didYouMean(typed, among: Self.words) == nil) }

    @Test("Of several near words the nearest is named")
    func nearest() { #expect(didYouMean("traces", among: ["trade", "trace", "track"]) == "trace") }

    @Test("A word too long to be a slip is not compared letter by letter")
    func long() {
        let long = String(repeating: "a", count: 100_000)
        #expect(didYouMean(long, among: [long + "b"]) == nil)
    }

    @Test(
        "White space is trimmed at the ends and kept inside", arguments: [("  a b\t", "a b"), ("", ""), (" \n ", "")])
    func trimming(text: String, trimmed: String) { #expect(text.trimmed == trimmed) }
}
