import Foundation
import Testing

@testable import ntlearn

/// docs/seed.md: what it says of the post of 2004 is shown by its own commands.
@Suite("docs/seed.md")
struct SeedClaimsTests {
    private static let page = (try? documentation("seed.md")) ?? ""
    private static let verdicts = ["exact", "version-bound", "simplified", "wrong", "unconfirmed"]

    /// The cells of the rows that begin with a number.
    private static var claims: [[String]] {
        page.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }.filter { Int($0[0]) != nil }
    }

    @Test("Fourteen claims, each with a verdict of the five and what is right")
    func table() {
        #expect(Self.claims.map { $0[0] } == (1...14).map(String.init))
        for claim in Self.claims {
            #expect(claim.count == 4)
            #expect(Self.verdicts.contains(claim[2]), "claim \(claim[0])")
        }
    }

    @Test("Each claim has a section, and in it at least one command with lines of its output", arguments: 1...14)
    func section(number: Int) throws {
        let begin = try #require(Self.page.range(of: "\n## \(number). "))
        let rest = Self.page[begin.upperBound...]
        let commands = DocumentedCommand.all(in: rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)])
        #expect(!commands.isEmpty)
        for command in commands { #expect(!command.lines.isEmpty, "\(command)") }
    }

    @Test(
        "Each command runs and prints the lines that the page shows, in 80 columns",
        arguments: DocumentedCommand.all(in: page))
    func command(_ documented: DocumentedCommand) throws {
        let content = try GuestContent.folder()
        let result = try runShell(documented.command, environment: ["NTLEARN_CONTENT": content.path])
        #expect(result.status == 0, "\(result.stderr)")
        #expect(documented.missingLines(in: result.stdout).isEmpty)
        #expect(!result.stdout.split(separator: "\n").contains { $0.count > 80 })
    }
}
