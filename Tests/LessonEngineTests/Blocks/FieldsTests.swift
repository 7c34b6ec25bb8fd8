import LessonEngine
import Testing

@Suite("The fields of a block")
struct FieldsTests {
    private func trace(_ yaml: String) -> LoadedLesson {
        CourseLoader.forTests.loadLesson(text: Planted.front + "```trace id=t\n\(yaml)\n```\n", file: "one.md")
    }

    private func values(_ yaml: String) -> [String]? { (trace(yaml).lesson?.block("t") as? StandInTrace)?.fields }

    @Test(
        "keep a text exactly as its author wrote it",
        arguments: ["0x2E", "No", ".60", "1_000", "0o17", "12:30:45", "~x", "null", "2001-01-01", "+1", "1e3"])
    func raw(text: String) {
        #expect(values("machine: \(text)") == [text])
    }

    @Test("are numbers, words, yes or no, lists, mappings and lists of mappings")
    func shapes() {
        let yaml = """
            machine: m
            steps: 20
            watch: [eax, 0x10]
            mode: kernel
            boot: Yes
            vary: {service: one of services, arg: 1…0xffff}
            predict:
              - at: x
                ask: edx
              - {at: y}
            """
        #expect(
            values(yaml) == [
                "m", "20", "eax", "0x10", "kernel", "true", "service=one of services", "arg=1…0xffff", "x", "y",
            ])
    }

    @Test("take a single value for a list of one")
    func single() { #expect(values("machine: m\nwatch: eax") == ["m", "eax"]) }

    @Test(
        "report what does not fit, with what would",
        arguments: [
            ("machine: m\nsteps: 101", "bad-value 8:8", nil),
            ("machine: m\nsteps: 0x10", "bad-value 8:8", nil),
            ("machine: m\nmode: kernal", "bad-value 8:7", "did you mean `kernel`?"),
            ("machine: m\nmode: hypervisor", "bad-value 8:7", "it can be user, kernel"),
            ("machine: m\nwacth: [eax]", "unknown-key 8:1", "did you mean `watch`?"),
            ("machine: m\npredict:\n  - {at: x, aks: y}", "unknown-key 9:13", "did you mean `ask`?"),
            ("machine: m\npredict: [x]", "bad-type 8:11", nil),
            ("machine: m\nvary: [x]", "bad-type 8:7", nil),
            ("machine: {a: b}", "bad-type 7:10", nil),
            ("machine: ''", "bad-value 7:10", nil),
            ("machine:", "missing-key 7:1", nil),
            ("machine: m\n? [a, b]\n: c", "bad-type 8:3", nil),
            ("just words", "bad-type 7:1", nil),
            ("machine: a: b", "yaml-syntax 7:11", "put a text that holds a colon and a space into quotation marks"),
            ("machine: @m", "yaml-syntax 7:10", "put the text into quotation marks"),
            ("machine: m\n\tsteps: 1", "yaml-syntax 8:1", "indent YAML with spaces, not with tabs"),
            ("machine: {{ eax }} m", "yaml-syntax 7:20", "put a text that begins with {{ into quotation marks"),
            ("machine: a #b\n  c", "yaml-syntax 8:3", "put a text that holds a # behind a blank into quotation marks"),
            (
                "machine: m\npredict: [{at: a #b}]\nsteps: 1", "yaml-syntax 9:1",
                "put a text that holds a # behind a blank into quotation marks"
            ),
        ] as [(String, String, String?)])
    func misfits(yaml: String, place: String, hint: String?) {
        let found = trace(yaml).diagnostics
        #expect(found.map(\.short) == [place])
        if let hint { #expect(found.first?.note == hint) }
    }

    @Test("of a block that cannot be made are no unknown keys, slips excepted")
    func givenUp() {
        #expect(trace("machne: m\nflavour: x").diagnostics.map(\.short) == ["missing-key 6:1", "unknown-key 7:1"])
    }

    @Test("have their places in the file even when the block is indented")
    func indented() {
        let text = Planted.front + "  ```trace id=t\n  machine: m\n  wacth: x\n  ```\n"
        let found = CourseLoader.forTests.loadLesson(text: text, file: "one.md").diagnostics
        #expect(found.map(\.short) == ["unknown-key 8:3"])
    }
}
