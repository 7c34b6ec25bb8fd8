import LessonEngine
import Testing

@Suite("Did you mean")
struct DidYouMeanTests {
    @Test(
        "finds the slip's origin",
        arguments: [
            ("anwser", "answer"), ("explian", "explain"), ("ASK", "ask"), ("hint", "hints"), ("machin", "machine"),
        ])
    func near(word: String, meant: String) {
        #expect(didYouMean(word, among: ["ask", "answer", "explain", "hints", "machine"]) == meant)
    }

    @Test(
        "stays silent when nothing is near", arguments: ["", "flavour", "xyz", String(repeating: "a", count: 10_000)])
    func far(word: String) {
        #expect(didYouMean(word, among: ["ask", "answer", "explain", "hints", "machine"]) == nil)
    }

    @Test("names the nearest of several")
    func nearest() { #expect(didYouMean("traces", among: ["trade", "trace", "track"]) == "trace") }
}
