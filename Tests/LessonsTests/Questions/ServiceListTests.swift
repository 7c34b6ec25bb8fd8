import LessonEngine
import Testing

@testable import Lessons

@Suite("one of services")
struct ServiceListTests {
    private func items(_ machine: String?) throws -> [[String: String]] {
        try ServiceList(library: builtInMachines).items(machine: machine)
    }

    @Test(
        "holds the services of the machine's ntdll, with number and count of arguments",
        arguments: [("xp", "0x19"), ("win2k", "0x18"), ("int2e", "0x18"), ("sysenter", "0x19")])
    func services(machine: String, number: String) throws {
        let items = try items(machine)
        #expect(items.count > 30)
        #expect(items.contains(["": "NtClose", "number": number, "arguments": "1"]))
        #expect(items.allSatisfy { $0[""]?.hasPrefix("Nt") == true && $0.count == 3 })
        #expect(Set(items.map { $0[""] }).count == items.count)
    }

    @Test("needs a machine of the library")
    func refused() {
        #expect(throws: MachineError.self) { try items(nil) }
        #expect(throws: MachineError.self) { try items("../xp") }
    }

    private static let quiz = """
        ```quiz id=number
        type: value
        machine: xp
        call: $(service)(4, ...)
        at: nt!KiFastCallEntry
        ask: Which number is in EAX after a call of $(service)?
        answer: eax + 0 * ($(service.number) + $(service.arguments))
        vary: {service: one of services}
        ```
        """

    @Test("makes a family in which every member has its own answer")
    func family() throws {
        #expect(diagnostics(Self.quiz).map(\.description) == [])
        let quiz = try #require(loadLesson(Self.quiz).lesson?.block("number") as? QuizBlock)
        let answers = try (0..<20).map { try quiz.question(seed: $0).correctAnswer() }
        #expect(Set(answers).count > 10)
    }

    @Test("is the only list, and mistakes are reported at its name")
    func mistakes() {
        let found = diagnostics(Self.quiz.replacing("one of services", with: "one of servants"))
        #expect(found.map(\.code) == ["bad-parameter"])
        #expect(found.first?.note == "the lists are services; or write one: [first, second]")
        let elsewhere = diagnostics(Self.quiz.replacing("machine: xp\n", with: "machine: nt4\n"))
        #expect(elsewhere.map(\.code) == ["bad-parameter"])
    }
}
