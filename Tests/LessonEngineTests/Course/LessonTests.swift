import LessonEngine
import Testing

@Suite("A lesson")
struct LessonTests {
    static let trace = "```trace id=t\nmachine: m\n```\n"

    @Test("is split before headings of level 1 and 2, at thematic breaks, and after blocks")
    func pages() throws {
        let body = "# A\n\ntext\n\n### A.1\n\n## B\n\nmore\n\n***\n\nlast\n\n\(Self.trace)\nafter\n"
        let pages = try #require(loadedLesson(body)).pages
        #expect(pages.map { $0.elements.count } == [3, 2, 2, 1])
        #expect(pages.map { $0.blocks.count } == [0, 0, 1, 0])
    }

    @Test("takes a live value at the nearest block before it, else at the first, else at the one it names")
    func livePoints() throws {
        let body = """
            {{ a }}

            ```trace id=one
            machine: m
            ```

            {{ b }}

            ```trace id=two
            machine: m
            ```

            {{ c }} and {{ one: d }} and {{ three: e }}

            """
        let lesson = try #require(loadedLesson(body))
        let points = lesson.liveExpressions.map { "\($0.expression)@\(lesson.liveBlock(for: $0)?.id ?? "-")" }
        #expect(points == ["a@one", "b@one", "c@two", "d@one", "e@-"])
    }

    @Test("reads its front matter")
    func frontMatter() throws {
        let text = """
            ---
            format: 1
            id: sysenter
            title: "Intel: SYSENTER"
            minutes: 15
            requires: int2e
            objectives:
              - name the three MSRs
            ---
            text
            """
        let loaded = CourseLoader.forTests.loadLesson(text: text, file: "x.md")
        let lesson = try #require(loaded.lesson)
        #expect(loaded.diagnostics.isEmpty)
        #expect(lesson.id == "sysenter")
        #expect(lesson.title == "Intel: SYSENTER")
        #expect(lesson.minutes == 15)
        #expect(lesson.requires.map(\.value) == ["int2e"])
        #expect(lesson.objectives == ["name the three MSRs"])
    }

    @Test("without front matter still shows, under its file's name")
    func noFrontMatter() throws {
        let loaded = CourseLoader.forTests.loadLesson(text: "# One\n\ntext\n", file: "lessons/first.md")
        let lesson = try #require(loaded.lesson)
        #expect(lesson.id == "first")
        #expect(lesson.pages.count == 1)
    }

    @Test("has the FNV-1a hash of its text, the same with any file name")
    func contentHash() {
        let loader = CourseLoader.forTests
        // Published test vectors of FNV-1a, 64 bits.
        #expect(loader.loadLesson(text: "", file: "a").lesson?.contentHash == "cbf29ce484222325")
        #expect(loader.loadLesson(text: "foobar", file: "b").lesson?.contentHash == "85944171f73967e8")
    }

    @Test("reads the same with CRLF line ends, places included")
    func crlf() {
        let text = Planted.front + "Then {{ eax.\n\n```trace id=t\n```\n"
        let loader = CourseLoader.forTests
        let windows = loader.loadLesson(text: text.replacing("\n", with: "\r\n"), file: "x.md")
        #expect(windows.diagnostics == loader.loadLesson(text: text, file: "x.md").diagnostics)
    }

    @Test("that is fine has no problems")
    func clean() {
        let body = """
            # One

            EAX is {{ eax }}, `{{ nothing` is code, and so is:

            ```text
            {{ nothing
            ```

            \(Self.trace)
            ```quiz id=q
            type: choice
            ask: "{{ eax }} is?"
            choices: [Ring 0, Ring 3]
            answer: b
            hints: [Ring 0 and Ring 3 differ., "Look at {{ eax }}."]
            explain: |
              Because *so*.
            ```

            """
        #expect(Planted(body: body).found == [])
    }
}
