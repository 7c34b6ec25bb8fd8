import Foundation
import Testing

@testable import ntlearn

/// A command of a page in `docs`, with lines of its output.
///
///     ```console
///     $ ntlearn trace xp --call 'NtClose(4)'
///     3 7ffe0302 0f34           sysenter                     esp=f8b40000 cs=0008
///     ```
struct DocumentedCommand: CustomTestStringConvertible {
    /// As a shell reads it.
    let command: String
    /// Some lines of its output, whole and in their order.
    let lines: [String]

    var testDescription: String { command }

    private static let fence = "```"
    private static let prompt = "$ "

    /// The commands in the `console` blocks of a Markdown text.
    static func all(in page: some StringProtocol) -> [DocumentedCommand] {
        let blocks = page.components(separatedBy: "\n\(fence)console\n").dropFirst()
        return blocks.flatMap { block in
            commands(of: block.components(separatedBy: "\n\(fence)").first ?? block)
        }
    }

    private static func commands(of block: String) -> [DocumentedCommand] {
        var commands: [DocumentedCommand] = []
        for line in block.components(separatedBy: "\n") {
            if line.hasPrefix(prompt) {
                commands.append(DocumentedCommand(command: String(line.dropFirst(prompt.count)), lines: []))
            } else if let last = commands.popLast() {
                commands.append(DocumentedCommand(command: last.command, lines: last.lines + [line]))
            }
        }
        return commands
    }

    /// The lines that a text does not hold, or not in this order.
    func missingLines(in text: String) -> [String] {
        var rest = text.components(separatedBy: "\n")[...]
        return lines.filter { line in
            guard let index = rest.firstIndex(of: line) else { return true }
            rest = rest[(index + 1)...]
            return false
        }
    }
}

/// A page of `docs`.
func documentation(_ name: String) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "../../../docs/\(name)")
    return try String(contentsOf: file, encoding: .utf8)
}
