import LessonEngine
import Testing

@Suite("Diagnostic codes")
struct DiagnosticCodeTests {
    @Test("are unique, in kebab-case, and explained in a sentence")
    func listed() {
        let codes = DiagnosticCode.all
        #expect(Set(codes.map(\.name)).count == codes.count)
        for code in codes {
            #expect(code.name.wholeMatch(of: /[a-z]+(-[a-z0-9]+)*/) != nil, "\(code.name)")
            #expect(code.explanation.hasSuffix("."), "\(code.name)")
        }
    }
}
