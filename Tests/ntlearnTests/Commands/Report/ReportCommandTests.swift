import Foundation
import Testing

@testable import ntlearn

@Suite("ntlearn report")
struct ReportCommandTests {
    private static let lesson = """
        ---
        format: 1
        id: one
        title: One
        ---
        ```quiz id=ring
        type: choice
        ask: Which ring is user mode?
        choices:
          - {text: Ring 0, say: That is the kernel.}
          - {text: "=Ring 3", correct: yes}
        attempts: 2
        ```

        """

    private let folder: TemporaryFolder

    init() throws {
        folder = try GuestContent.folder()
        try folder.write("course.yaml", "format: 1\nid: c\ntitle: A course\nlessons: [one]\n")
        try folder.write("lessons/one.md", Self.lesson)
        try answer("a\nb\n", profile: "ada")
        try answer("b\n", profile: "bob")
        try answer("skip\n", profile: "cy")
    }

    private func answer(_ lines: String, profile: String) throws {
        _ = try runNtlearn(
            arguments: ["learn", "--profile", profile], stdin: lines.utf8,
            environment: ["NTLEARN_CONTENT": folder.path], home: folder)
    }

    private func report(_ arguments: String...) throws -> ProgramResult {
        try runNtlearn(
            arguments: ["report"] + arguments, environment: ["NTLEARN_CONTENT": folder.path], home: folder)
    }

    @Test("The table tells how a class fared, and the mistake behind a wrong answer")
    func table() throws {
        let result = try report("--all")
        #expect(result.status == 0)
        #expect(
            result.stdout == """
                A course

                one                                            learners  tries  right  first try
                  ring                                                3      3   67 %       33 %
                    1 × Ring 0
                        That is the kernel.

                """)
    }

    @Test("Without --all it is about one's own profile")
    func own() throws {
        #expect(try report("--profile", "bob").stdout.contains("  100 %      100 %"))
        #expect(try report("--profile", "nobody").stdout == "A course: no answers yet.\n")
    }

    @Test("For a screen reader it is sentences")
    func plain() throws {
        let text = try report("--all", "--plain").stdout
        #expect(text.contains("ring: 3 learners, 3 answers, 67 % right, 33 % at the first try.\n"))
        #expect(text.contains("Answered 1 time: Ring 0 Its mistake: That is the kernel.\n"))
    }

    @Test("JSON and CSV have a line for each question")
    func forPrograms() throws {
        let json = try JSONObject.lines(try report("--all", "--format", "json").stdout)
        #expect(json.count == 1)
        #expect(json.first?[number: "first_try"] == 1)
        #expect(json.first?[objects: "mistakes"]?.first?["says"] as? String == "That is the kernel.")
        let csv = try report("--all", "--format", "csv").stdout
        #expect(csv.hasSuffix("\r\nc,one,ring,3,3,2,1,1,0,1,Ring 0,That is the kernel.\r\n"))
    }

    @Test(
        "A field of CSV is quoted where it must be, and never a spreadsheet's formula",
        arguments: [("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1+1", "'=1+1"), ("-5", "-5"), ("", "")])
    func fields(_ text: String, _ field: String) { #expect(CSV.field(text) == field) }

    @Test("Each answer is a statement that keeps the rules of xAPI")
    func statements() throws {
        let lines = try report("--all", "--format", "xapi", "--home-page", "https://example.edu/nt/").stdout
        let statements = try JSONObject.lines(lines)
        #expect(statements.count == 4)
        for statement in statements { #expect(XAPIRules.violations(of: statement.members) == []) }
        #expect(Set(statements.compactMap { $0[text: "id"] }).count == 4)
        let again = try JSONObject.lines(
            try report("--all", "--format", "xapi", "--home-page", "https://example.edu/nt").stdout)
        #expect(again.map { $0[text: "id"] } == statements.map { $0[text: "id"] })
    }

    @Test("A statement that breaks a rule is found out")
    func rulesCanFail() throws {
        let line = try report("--format", "xapi", "--profile", "bob").stdout
        var statement = try #require(try JSONObject.lines(line).first).members
        statement["actor"] = ["name": "bob"]
        statement["timestamp"] = "yesterday"
        statement["extra"] = 1
        #expect(XAPIRules.violations(of: statement).count == 3)
    }

    @Test("A home page that is no address is refused", arguments: ["example", "ftp://example.org", "https://a/?b"])
    func homePage(_ text: String) throws {
        let result = try report("--format", "xapi", "--home-page", text)
        #expect(result.status == 2)
        #expect(result.stderr.contains("--home-page must be an address such as https://example.edu/ntlearn"))
    }
}
