import Foundation
import Testing

@testable import ntlearn

@Suite("ntlearn export")
struct ExportCommandTests {
    private static let lesson = """
        ---
        format: 1
        id: one
        title: "One & only"
        objectives: [see a gate]
        ---
        # One

        EAX is {{ gate: eax }}.

        ```trace id=gate
        machine: int2e
        call: NtClose(0x44)
        from: ntdll!NtClose
        to: nt!KiSystemService
        watch: [eax, cpl]
        ```

        ```quiz id=edx
        type: value
        machine: int2e
        call: NtClose($(handle))
        at: nt!KiSystemService
        ask: The handle is $(handle:h). What lies at EDX?
        answer: poi(edx)
        hints: [Look at LEA.]
        explain: The handle, `$(handle:x)`.
        vary: {handle: 0x20..0xF0 step 4}
        ```

        ```quiz id=ring
        type: choice
        ask: Which ring is user mode?
        choices: [Ring 0, Ring 3]
        answer: Ring 3
        ```

        """

    private let folder: TemporaryFolder

    init() throws {
        folder = try GuestContent.folder()
        try folder.write("course.yaml", "format: 1\nid: c\ntitle: A course\nauthors: [Ada]\nlessons: [one]\n")
        try folder.write("lessons/one.md", Self.lesson)
    }

    private func run(_ arguments: String...) throws -> ProgramResult {
        try runNtlearn(arguments: ["export"] + arguments, environment: ["NTLEARN_CONTENT": folder.path])
    }

    private func site() throws -> [String: String] {
        let result = try run("html", "-o", folder.path + "/site")
        #expect(result.status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/site")
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                (name, try String(contentsOfFile: folder.path + "/site/" + name, encoding: .utf8))
            })
    }

    @Test("The site has an index, a style sheet and a page for each lesson")
    func files() throws {
        let site = try site()
        #expect(site.keys.sorted() == ["index.html", "one.html", "style.css"])
        #expect(site["index.html"]?.contains("<a href=\"one.html\">One &amp; only</a>") == true)
    }

    @Test("A page needs no script and nothing from the network")
    func selfContained() throws {
        for (name, text) in try site() {
            #expect(!text.contains("<script"), "\(name)")
            #expect(!text.contains("http"), "\(name)")
            #expect(!text.contains("url("), "\(name)")
        }
    }

    @Test("A page holds values, the trace for a desk and a phone, its lanes, hints and answers")
    func page() throws {
        let page = try #require(try site()["one.html"])
        #expect(page.contains("EAX is <data>18h</data>."))
        #expect(page.contains("<dt><code>eax</code></dt><dd>00000018</dd>"))
        #expect(page.components(separatedBy: "<pre class=\"desk\"").count == 3)
        #expect(page.components(separatedBy: "<pre class=\"phone\"").count == 3)
        #expect(page.contains("int 2eh"))
        #expect(page.contains("<summary>Hint</summary><p>Look at LEA.</p>"))
        #expect(page.contains("<summary>Answer</summary><p><strong>b) Ring 3</strong></p>"))
    }

    @Test("Every element of a page is closed where it was opened")
    func nesting() throws {
        for name in ["index.html", "one.html"] {
            let page = try #require(try site()[name])
            #expect(Self.openElements(page) == [], "\(name)")
        }
    }

    /// The elements that are left open, or a complaint about one that is closed in the wrong place.
    private static func openElements(_ html: String) -> [String] {
        let empty: Set = ["meta", "link", "br", "hr", "!DOCTYPE"]
        var open: [String] = []
        for tag in html.matches(of: /<(\/?)([!A-Za-z0-9]+)[^>]*>/) where !empty.contains(String(tag.output.2)) {
            let name = String(tag.output.2)
            if tag.output.1.isEmpty { open.append(name) } else if open.popLast() != name { return ["wrong </\(name)>"] }
        }
        return open
    }

    @Test("GIFT is written to standard output, with as many members of a family as were asked for")
    func gift() throws {
        let result = try run("gift", "-o", "-", "--members", "4")
        #expect(result.status == 0)
        #expect(result.stderr == "5 questions written, 0 left out\n")
        #expect(result.stdout.contains("::one/edx (4)::[html]<p>The handle is "))
        #expect(
            result.stdout.contains("::one/ring::[html]<p>Which ring is user mode?</p> {~[html]Ring 0 =[html]Ring 3}"))
    }

    @Test("pygiftparser reads every question back", .enabled(if: GIFTOracle.isInstalled))
    func readBack() throws {
        let gift = try run("gift", "-o", "-", "--members", "4").stdout
        #expect(try GIFTOracle.kinds(in: gift) == ["ShortSet", "ShortSet", "ShortSet", "ShortSet", "SelectSet"])
    }

    @Test("A lesson that is not there is named, with a near one")
    func unknownLesson() throws {
        let result = try run("gift", "-o", "-", "oen")
        #expect(result.status == 2)
        #expect(result.stderr.contains("there is no lesson \"oen\"\ndid you mean \"one\"?"))
    }

    @Test("A course with mistakes is not passed on")
    func mistakes() throws {
        try folder.write("lessons/one.md", Self.lesson.replacing("type: choice", with: "type: chioce"))
        let result = try run("html", "-o", folder.path + "/site")
        #expect(result.status == 1)
        #expect(result.stderr.contains("has mistakes; `ntlearn check "))
    }
}
