import Foundation
import Testing

@testable import ntlearn

@Suite("ntlearn preview")
struct PreviewCommandTests {
    private let folder: TemporaryFolder
    private let environment = ["NTLEARN_CONTENT": Learner.contentFolder]

    init() throws { folder = try TemporaryFolder() }

    private func preview(_ text: String, _ arguments: String...) throws -> ProgramResult {
        let file = try folder.write("lessons/door.md", text)
        return try runNtlearn(arguments: ["preview", file] + arguments, environment: environment)
    }

    @Test("Every page is shown as a learner sees it, with its traces, and nobody is told how to go on")
    func pages() throws {
        let result = try preview(Learner.lesson)
        #expect(result.status == 0)
        let text = result.stdout
        for number in 1...4 { #expect(text.contains("── Page \(number) of 4 ──")) }
        #expect(text.contains("The number is 19h."))
        #expect(text.contains("eax=00000019 cpl=0"))
        #expect(text.contains("That was it."))
        #expect(!text.contains("Press Enter"))
        #expect(result.stderr == "4 pages: 0 errors, 0 warnings\n")
    }

    @Test("A question comes with its hints, its feedback, its answer and its explanation")
    func questions() throws {
        let text = try preview(Learner.lesson, "--page", "2").stdout
        let parts = [
            "What does EAX hold?", "» Hint 1: Look at the stub.", "» Hint 2: Its first instruction.",
            "» Feedback for edx: That is EDX.", "Correct: 19h", "The stub put 19h there.",
        ]
        var rest = text[...]
        for part in parts {
            let range = try #require(rest.firstRange(of: part), "\(part)")
            rest = rest[range.upperBound...]
        }
        #expect(!text.contains("Page 1 of"))
    }

    @Test("Plain output has no rules and no marks")
    func plain() throws {
        let text = try preview(Learner.lesson, "--plain").stdout
        #expect(text.hasPrefix("Page 1 of 4.\n"))
        #expect(!text.contains("»") && !text.contains("─"))
    }

    @Test("Of a family the member of the seed is shown")
    func family() throws {
        let quiz = """
            ---
            format: 1
            id: f
            title: F
            ---
            ```quiz id=q
            type: text
            ask: Which letter follows $(n)?
            answer: x$(n)
            vary: {n: 1..900}
            ```
            """
        let first = try preview(quiz).stdout
        #expect(first.contains("» A family of questions; this is the member of seed 0."))
        let other = try preview(quiz, "--seed", "7").stdout
        #expect(other.contains("this is the member of seed 7."))
        func question(_ text: String) -> Substring? { text.split(separator: "\n").first { $0.contains("follows") } }
        #expect(question(first) != question(other))
    }

    @Test("What check finds follows the pages, and decides the status")
    func mistakes() throws {
        let result = try preview(Learner.lesson.replacing("answer: Ring 3", with: "answer: Ring 4"))
        #expect(result.status == 1)
        #expect(result.stdout.contains("door.md:36:9: error[no-correct-choice]: "))
        #expect(result.stdout.contains("The number is 19h."))
        let missing = try runNtlearn(arguments: ["preview", folder.path + "/no.md"], environment: environment)
        #expect(missing.status == 2)
        #expect(missing.stdout.contains("error[unreadable-file]"))
        let far = try preview(Learner.lesson, "--page", "9")
        #expect(far.stderr == "ntlearn: the lesson has no page 9\nits pages are 1 to 4\n")
    }

    @Test("--watch in a pipe shows the lesson once")
    func pipe() throws {
        let once = try preview(Learner.lesson).stdout
        #expect(try preview(Learner.lesson, "--watch").stdout == once)
    }

    @Test("The page that changed is found, also when pages come and go")
    func changes() {
        func lesson(_ pages: [String]) -> RenderedLesson {
            let terminal = Terminal(isTTY: false, columns: 80, environment: [:], plain: true)
            return RenderedLesson(pages: pages, diagnostics: [], isReadable: true, terminal: terminal)
        }
        let before = lesson(["a", "b", "c"])
        #expect(lesson(["a", "b", "c"]).firstChange(since: before) == nil)
        #expect(lesson(["a", "x", "c"]).firstChange(since: before) == 1)
        #expect(lesson(["a", "b", "c", "d"]).firstChange(since: before) == 3)
        #expect(lesson(["a", "b"]).firstChange(since: before) == 1)
        #expect(lesson([]).firstChange(since: before) == 0)
    }

    @Test("On a terminal it shows the page anew at each save, turns pages, and leaves")
    func watch() throws {
        let file = try folder.write("lessons/door.md", Learner.lesson)
        let session = try NtlearnSession(arguments: ["preview", file, "--watch", "--plain"], environment: environment)
        let terminal = session.terminal
        try terminal.wait(for: "Page 1 of 4.")
        try terminal.send("4\r")
        try terminal.wait(for: "That was it.")
        try folder.write("lessons/door.md", Learner.lesson.replacing("That was it.", with: "That was all of it."))
        try terminal.wait(for: "That was all of it.")
        try folder.write("lessons/door.md", Learner.lesson.replacing("In which ring", with: "In what ring"))
        try terminal.wait(for: "In what ring")
        try terminal.send("q\r")
        #expect(try session.waitForExit() == 0)
    }
}
