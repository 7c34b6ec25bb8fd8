import Foundation
import Testing

/// What a kill at any moment leaves.
@Suite("A killed session")
struct KillTests {
    @Test("Every verdict that was shown is in the store, whatever the program was about to do")
    func verdicts() throws {
        let home = try TemporaryFolder()
        for round in 1...8 {
            let learner = ["--profile", "learner \(round)"]
            let session = try NtlearnSession(
                arguments: ["learn", "two-worlds"] + learner, environment: ["NO_COLOR": "1"], home: home)
            try session.terminal.wait(for: "two-worlds ")
            try session.terminal.send("\r3\r" + String(repeating: "again\r3\r", count: round * 2))
            for _ in 0..<round { try session.terminal.wait(for: "Right.") }
            session.kill()
            #expect(try session.waitForExit() == -SIGKILL)
            let shown = session.terminal.transcript.ranges(of: "Right.").count
            let file = try runNtlearn(arguments: ["profile", "export", "-"] + learner, home: home)
            let stored = file.stdout.split(separator: "\n").filter { $0.contains("\"verdict\":\"correct\"") }.count
            #expect(file.status == 0 && stored >= shown && shown >= round, "\(stored) of \(shown)\n\(file.stderr)")
        }
    }
}
