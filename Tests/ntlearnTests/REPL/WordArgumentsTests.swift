import Testing

@testable import ntlearn

@Suite("Arguments of a word")
struct WordArgumentsTests {
    private func arguments(_ rest: String) -> WordArguments { WordArguments(word: "u", rest: rest, column: 3) }

    @Test("Blanks inside quotes, parentheses and brackets do not split")
    func tokens() {
        let tokens = arguments("poi(esp + 4) \"two words\"  [eax + 1] x").tokens
        #expect(tokens.map(\.text) == ["poi(esp + 4)", "two words", "[eax + 1]", "x"])
        #expect(tokens.map(\.column) == [3, 16, 29, 39])
    }

    @Test("An equals sign assigns unless it compares")
    func assignment() throws {
        let assignment = try #require(arguments("eax = poi(esp)").assignment)
        #expect(assignment.target == "eax")
        #expect(assignment.value == "poi(esp)")
        #expect(arguments("eax == 5").assignment == nil)
        #expect(arguments("eax >= 5").assignment == nil)
        #expect(arguments("eax").assignment == nil)
    }
}
