import Debugger
import Testing

@Suite("The syntax of expressions")
struct ExpressionSyntaxTests {
    @Test(
        "A syntax error says what is wrong and at which character",
        arguments: [
            ("", 0, "the expression is empty"), ("   ", 0, "the expression is empty"),
            ("1+", 2, "a value is missing at the end"), ("1+*2", 2, "a value is missing before ‘*’"),
            ("()", 1, "a value is missing before ‘)’"), ("(1", 0, "‘(’ is never closed"),
            ("2*[1+3", 2, "‘[’ is never closed"), ("1)", 1, "this bracket closes nothing"),
            ("(1]", 2, "this bracket closes nothing"), ("1 2", 2, "an operator is missing before ‘2’"),
            ("(1 2)", 3, "an operator is missing before ‘2’"), ("eax @ebx", 4, "an operator is missing before ‘ebx’"),
            ("poi(esp)(1)", 8, "an operator is missing before this bracket"), ("1 ? 2", 2, "‘?’ is no operator"),
            ("eax;ebx", 3, "‘;’ is no operator"), ("cs:eip", 2, "‘:’ has no meaning here"),
            ("not", 3, "a value is missing at the end"), ("@", 0, "a value is missing before ‘@’"),
            ("é+1", 0, "a value is missing before ‘é’"), ("1\u{1B}[2J", 1, "‘U+1B’ is no operator"),
        ])
    func syntaxErrors(text: String, offset: Int, message: String) throws {
        let error = try #require(failure(of: text))
        #expect(error.offset == offset)
        #expect(error.message == message)
    }

    @Test("Brackets may nest, but not without bound")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
        }
        #expect(try value(nested(64)) == 1)
        #expect(failure(of: nested(65))?.message == "brackets are nested more than 64 deep")
        #expect(failure(of: String(repeating: "[", count: 1_000_000)) != nil)
    }

    @Test("The deepest nesting of every precedence is still no danger to the stack")
    func deepestNesting() throws {
        let text = String(repeating: "1|1^1&1==1<<1+1*(", count: 64) + "1" + String(repeating: ")", count: 64)
        #expect(try value(text) & 1 == 1)
    }

    @Test("Length alone does no harm")
    func length() throws {
        #expect(try value(String(repeating: "1+", count: 100_000) + "1") == 100_001)
        #expect(try value(String(repeating: "-", count: 100_000) + "1") == 1)
    }

    @Test(
        "A command's first expression ends where it cannot go on",
        arguments: [
            ("esp L4", "esp", "L4"), ("poi(esp)+4  eax", "poi(esp)+4", "eax"), ("401000", "401000", ""),
            ("nt!face \"k;g\"", "nt!face", "\"k;g\""), ("eax = 5", "eax = 5", ""), ("1 é", "1", "é"),
        ])
    func prefix(text: String, expression: String, rest: String) throws {
        let parsed = try Expression.parsePrefix(of: text)
        #expect(parsed.expression.text == expression)
        #expect(parsed.rest == rest)
    }

    @Test("The error as text has a 1-based column and the note")
    func description() throws {
        let error = try #require(failure(of: "eax+"))
        #expect("\(error)".hasPrefix("column 5: a value is missing at the end (a value is "))
    }
}
