import Foundation
import Testing

/// Compares a text with `Snapshots/NAME.txt`; records it there instead when `NTLEARN_RECORD=1` is set.
func expectSnapshot(_ text: String, _ name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snapshots")
    let file = folder.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["NTLEARN_RECORD"] == "1" {
        try text.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    guard let recorded = try? String(contentsOf: file, encoding: .utf8) else {
        Issue.record("no snapshot '\(name)': run once with NTLEARN_RECORD=1", sourceLocation: sourceLocation)
        return
    }
    #expect(
        text == recorded, "'\(name)' differs; if that is meant, run with NTLEARN_RECORD=1",
        sourceLocation: sourceLocation)
}
