import Testing

@testable import ntlearn

@Suite("The line that tells of progress")
struct ProgressLineTests {
    private func written(isShown: Bool = true, patience: Duration = .zero, _ use: (inout ProgressLine) -> Void)
        -> String
    {
        var text = ""
        var line = ProgressLine(isShown: isShown, patience: patience) { text += $0 }
        use(&line)
        line.clear()
        return text
    }

    @Test("is written over itself, and gone at the end")
    func overwritten() {
        let text = written { line in
            line.show(1, of: 4)
            line.show(1, of: 4)
            line.show(4, of: 4)
        }
        #expect(text == "\rchecked 1 of 4 (25%)\u{1B}[K\rchecked 4 of 4 (100%)\u{1B}[K\r\u{1B}[K")
    }

    @Test("is not there in a pipe, for work that is soon done, and for no work")
    func absent() {
        #expect(written(isShown: false) { $0.show(1, of: 4) } == "")
        #expect(written(patience: .seconds(3600)) { $0.show(1, of: 4) } == "")
        #expect(written { $0.show(0, of: 0) } == "")
    }
}
