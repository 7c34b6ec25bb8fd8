import Foundation
import LessonEngine
import Lessons

@testable import ntlearn

/// A learner in front of a small course: types lines, reads what comes back.
final class Learner {
    let session: LearnSession
    private let screen: Screen

    private final class Screen { var text = "" }

    static let contentFolder = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../../../content").standardizedFileURL.path
    static let machines = MachineLibrary(courses: [contentFolder])

    static let lesson = """
        ---
        format: 1
        id: door
        title: The door
        minutes: 5
        ---
        # The short way in

        The number is {{ eax }}.

        ```trace id=door
        machine: sysenter
        call: NtClose(0x44)
        from: ntdll!NtClose
        to: nt!KiFastCallEntry
        watch: [eax, cpl]
        ```

        ```quiz id=number
        type: value
        machine: sysenter
        call: NtClose(0x44)
        at: nt!KiFastCallEntry
        ask: What does EAX hold?
        answer: eax
        feedback:
          - {given: edx, say: "That is EDX."}
        hints: ["Look at the stub.", "Its first instruction."]
        explain: "The stub put {{ eax }} there."
        ```

        ```quiz id=ring
        type: choice
        ask: In which ring does the stub run?
        choices: [Ring 0, Ring 3]
        answer: Ring 3
        ```

        # Recap

        That was it.
        """

    /// A lesson called `l` with this body.
    static func withFrontMatter(_ body: String) -> String { "---\nformat: 1\nid: l\ntitle: L\n---\n\(body)\n" }

    /// A learner who begins a course of these lessons and these other files.
    convenience init(
        store: ProgressStore? = nil, lessons: [String] = [Learner.lesson], files other: [String: String] = [:]
    ) throws {
        let loader = CourseLoader(registry: .withMachines(Self.machines))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = folder.appendingPathComponent("lessons")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        for (index, text) in lessons.enumerated() {
            try text.write(to: files.appendingPathComponent("l\(index).md"), atomically: true, encoding: .utf8)
        }
        for (name, text) in other {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let names = lessons.indices.map { "l\($0)" }.joined(separator: ", ")
        let head = "format: 1\nid: test\ntitle: Test course\nlessons: [\(names)]\n"
        try head.write(to: folder.appendingPathComponent("course.yaml"), atomically: true, encoding: .utf8)
        self.init(store: try store ?? .inMemory(), course: loader.load(directory: folder.path).course)
        try session.begin(with: nil)
    }

    /// A learner with a course in front of them, who has not begun.
    init(store: ProgressStore, course: Course?) {
        let screen = Screen()
        self.screen = screen
        let terminal = Terminal(isTTY: false, columns: 80, environment: [:], plain: false)
        session = LearnSession(
            library: Library(courses: [course].compactMap(\.self)), machines: Self.machines, store: store,
            output: Output(detect: { terminal }, write: { screen.text += $0 }))
    }

    /// What is on the screen since the last look.
    func read() -> String {
        defer { screen.text = "" }
        return screen.text
    }

    /// Types a line and reads what comes back.
    @discardableResult
    func type(_ line: String) -> String {
        _ = read()
        session.respond(to: line)
        return read()
    }
}
