import Foundation
import Testing

@testable import ntlearn

@Suite("Lines of JSON")
struct JSONLineTests {
    private func text(_ body: (inout JSONLine) -> Void) -> String {
        String(decoding: JSONLine(body).bytes, as: UTF8.self)
    }

    @Test("Members keep their order, and numbers of the machine are lower-case hexadecimal texts")
    func order() {
        let line = text { line in
            line.integer("z", 1)
            line.hex("a", UInt32(0xABCD))
            line.hex("missing", UInt32?.none)
            line.bool("b", true)
            line.object("o") { $0.string("s", nil) }
            line.objects("l", [1, 2]) { $0.integer("n", $1) }
            line.strings("t", ["x", nil])
        }
        #expect(
            line == #"{"z":1,"a":"0xabcd","missing":null,"b":true,"o":{"s":null},"l":[{"n":1},{"n":2}],"t":["x",null]}"#
        )
    }

    @Test("Any text survives being read back", arguments: ["", "\"\\", "a\nb\t\u{0}\u{1F}\u{7F}", "é → 😀"])
    func escapes(value: String) throws {
        let object = try JSONObject(text { $0.string("k", value) })
        #expect(object[text: "k"] == value)
    }
}
