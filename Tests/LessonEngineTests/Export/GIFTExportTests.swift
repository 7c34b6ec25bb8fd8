import LessonEngine
import Testing

@Suite("Questions in GIFT")
struct GIFTExportTests {
    private func export(_ yaml: String, members: Int = 3) throws -> GIFTExport {
        let folder = "format: 1\nid: one\ntitle: One\n"
        let text = "---\n\(folder)---\n```quiz id=q\n\(yaml)\n```\n"
        let loaded = CourseLoader(registry: .builtIn).loadLesson(text: text, file: "one.md")
        #expect(loaded.diagnostics.map(\.description) == [])
        var export = GIFTExport(members: members)
        export.add(try #require(loaded.lesson), of: .named("course")) { $0.source }
        return export
    }

    /// What stands between the braces of the only question.
    private func answers(_ yaml: String) throws -> String {
        let text = try export(yaml).text
        let open = try #require(text.firstRange(of: "</p> {"))
        return String(text[open.upperBound...].prefix { $0 != "\n" }.dropLast())
    }

    @Test("A choice has one right answer, with what is said to the wrong ones")
    func choice() throws {
        let yaml =
            "type: choice\nask: Which?\nchoices:\n  - {text: a b, correct: yes}\n  - {text: c, say: \"No: why?\"}"
        #expect(try answers(yaml) == "=[html]a b ~[html]c #[html]<p>No\\: why?</p>")
    }

    @Test("Many right answers share the points, and a wrong one costs them all")
    func many() throws {
        let yaml = "type: many\nask: Which?\nchoices: [a, b, c]\nanswer: a c"
        #expect(try answers(yaml) == "~%50%[html]a ~%-100%[html]b ~%50%[html]c")
    }

    @Test("An order is matched with places")
    func order() throws {
        let yaml = "type: order\nask: Which?\nsteps: [x, y, z]"
        #expect(try answers(yaml) == "=[html]x -> 1 =[html]y -> 2 =[html]z -> 3")
    }

    @Test("Pairs are matched, and two pairs are left out because Moodle wants three")
    func match() throws {
        let pairs = "type: match\nask: Which?\npairs:\n  - {left: a, right: x}\n  - {left: b, right: y=1}\n"
        #expect(try answers(pairs + "  - {left: c, right: z}") == "=[html]a -> x =[html]b -> y\\=1 =[html]c -> z")
        let two = try export(pairs)
        #expect(two.count == 0)
        #expect(two.omissions.map(\.question) == ["one/q"])
        #expect(two.omissions.map(\.reason.text) == ["Moodle wants at least three pairs"])
    }

    @Test("A text is a short answer in every accepted form, and an asterisk is no wildcard")
    func text() throws {
        #expect(try answers("type: text\nask: Which?\nanswer: [\"a*b\", \"c{d}\"]") == "=a\\*b =c\\{d\\}")
    }

    @Test("The gaps of a cloze are matched with their numbers")
    func cloze() throws {
        let yaml = "type: cloze\nask: Fill.\ntext: \"[[a]] and [[b | bb]] and [[c]]\""
        #expect(try answers(yaml) == "=[html]gap 1 -> a =[html]gap 2 -> b =[html]gap 3 -> c")
    }

    @Test("The explanation is general feedback, in one line, and signs are escaped")
    func explanation() throws {
        let yaml = "type: choice\nask: Which?\nchoices: [a, b]\nanswer: a\nexplain: |\n  One = 1.\n\n  Two ~ 2."
        #expect(try answers(yaml).hasSuffix(" ####[html]<p>One \\= 1.</p><p>Two \\~ 2.</p>"))
    }

    @Test("A family becomes as many questions as are asked for, each with its values")
    func family() throws {
        let yaml = "type: choice\nask: Is it $(n)?\nchoices: [it is $(n), no]\nanswer: a\nvary:\n  n: 1..9"
        let export = try export(yaml, members: 5)
        #expect(export.count == 5)
        #expect(export.text.contains("::one/q (5)::"))
    }

    @Test("A lesson is a category of its course")
    func category() throws {
        let text = try export("type: text\nask: Which?\nanswer: a").text
        #expect(text.contains("\n$CATEGORY: $course$/course/one\n\n"))
    }
}
