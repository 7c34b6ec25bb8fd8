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

    @Test(
        "A range is an address and a count",
        arguments: [
            ("ntdll!NtClose L5", "ntdll!NtClose", "5"),
            ("7ffe0300 l 20", "7ffe0300", "20"),
            ("esp + 4 L0x10", "esp + 4", "0x10"),
            ("esp L?1000", "esp", "1000"),
            ("esp L(ecx*4)", "esp", "(ecx*4)"),
            ("L8", "", "8"),
            ("LdrLoadDll", "LdrLoadDll", nil),
            ("eip", "eip", nil),
            ("L5 eip", "L5 eip", nil),
            ("", "", nil),
        ] as [(String, String, String?)])
    func range(rest: String, address: String, count: String?) {
        let range = arguments(rest).range
        #expect(range.address == address)
        #expect(range.count == count)
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
