import Foundation
import Testing

@testable import ntlearn

@Suite("A session is saved as text and executed again")
struct SessionFileTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("s-\(UUID().uuidString).txt").path

    @Test("What was saved comes back: changes, marks, breakpoints, the place and the future")
    func roundTrip() throws {
        let learner = try Learner.atProgramStart()
        defer { try? FileManager.default.removeItem(atPath: path) }
        learner.type("bp nt!NtClose /w \"@eax==19\"; t 4; r ebx=7; eb 400100 1 2 3; !mark here; t 9; !irq 30; t; t- 3")
        let (registers, prompt) = (learner.type("r"), learner.session.prompt)
        #expect(learner.type(".save \(path)").contains("Saved"))
        #expect(learner.type(".save \(path)").contains("exists already"))
        let nowhere = "\(path)/below-a-file"
        #expect(
            learner.type(".save \(nowhere)").replacing("\n", with: " ").contains("cannot be written: Not a directory."))
        let other = try Learner.atProgramStart()
        other.type("t 2")
        other.type(".load \(path)")
        #expect(other.type("r") == registers)
        #expect(other.session.prompt == prompt)
        #expect(other.type("bl").contains("nt!NtClose /w \"@eax==19\""))
        #expect(other.type("!positions") == learner.type("!positions"))
        #expect(other.type("!tt end; r") == learner.type("!tt end; r"))
    }

    @Test(
        "What is no session is refused with its place, and nothing is lost",
        arguments: [
            ("", "1:1"), ("hello", "1:1"), ("ntlearn-session 9\n", "1:1"), ("ntlearn-session 1\n", "2:1"),
            ("ntlearn-session 1\nmachine ../../etc/passwd\n", "2:9"),
            ("ntlearn-session 1\nmachine nosuch\nend 0\nposition 0\n", "1:1"),
            ("ntlearn-session 1\nmachine xp\nat x nmi\n", "3:4"),
            ("ntlearn-session 1\nmachine xp\nat 5 format c:\n", "3:6"),
            ("ntlearn-session 1\nmachine xp\nat 5 eb 0\n", "3:6"),
            ("ntlearn-session 1\nmachine xp\nend 99999999999999999999\n", "3:5"),
            ("ntlearn-session 1\nmachine xp\nbreakpoint quit\nend 0\nposition 0\n", "3:12"),
            ("ntlearn-session 1\nmachine xp\nend 10\nposition 20\n", "5:1"),
            ("ntlearn-session 1\nmachine xp\nat 20 nmi\nend 10\n", "5:1"),
            ("ntlearn-session 1\nmachine xp\nend 100000\nposition 0\n", "1:1"),
            ("ntlearn-session 1\nmachine xp\nend 10 eip=12345678\nposition 0\n", "1:1"),
            ("ntlearn-session 1\nmachine xp\nat 0 eb 99999999 1\nend 10\nposition 0\n", "1:1"),
        ])
    func refused(text: String, place: String) throws {
        let learner = try Learner.atProgramStart()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        learner.type("t 2")
        let (registers, prompt) = (learner.type("r"), learner.session.prompt)
        let answer = learner.type(".load \(path)").split(separator: "\n").joined()
        #expect(answer.contains("\(path):\(place):"), "\(answer)")
        #expect(learner.type("r") == registers)
        #expect(learner.session.prompt == prompt)
    }

    @Test("A file that is not there is refused")
    func absent() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type(".load \(path)").contains("cannot be read"))
    }
}
