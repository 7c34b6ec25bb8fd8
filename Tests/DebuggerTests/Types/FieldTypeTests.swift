import Debugger
import Testing

@Suite("Types of fields")
struct FieldTypeTests {
    @Test(
        "A type is read from the beginning of a comment, a remark behind it is not",
        arguments: [
            ("Uint4B", "Uint4B"), ("UChar", "UChar"), ("Uint1B", "UChar"), ("Int8B  since boot", "Int8B"),
            ("Char", "Char"), ("Ptr32 _KTHREAD", "Ptr32 _KTHREAD"), ("Ptr32 Void", "Ptr32 Void"),
            ("Ptr32", "Ptr32 Void"),
            ("Ptr32 Ptr32 Uint4B", "Ptr32 Ptr32 Uint4B"), ("Ptr32 to something", "Ptr32 Void"),
            ("[4] _KSERVICE_TABLE_DESCRIPTOR", "[4] _KSERVICE_TABLE_DESCRIPTOR"), ("[2] [3] Uint2B", "[2] [3] Uint2B"),
            ("_LIST_ENTRY [M]", "_LIST_ENTRY"), ("Uint2B; [V]", "Uint2B"), ("Pos 0, 1 Bit", "Pos 0, 1 Bit"),
            ("Pos 3, 5 Bits", "Pos 3, 5 Bits"),
        ])
    func types(comment: String, text: String) {
        #expect(FieldType(comment)?.text == text)
    }

    @Test(
        "Other comments are no types",
        arguments: [
            "", "the thread", "; Uint4B", "[x] UChar", "[4]", "[-1] UChar", "Pos 60, 9 Bits", "Pos", "_",
            "[1] [1] [1] [1] [1] [1] [1] [1] [1] [1] UChar",
        ])
    func others(comment: String) {
        #expect(FieldType(comment) == nil)
    }
}
