import ArgumentParser
import Foundation

/// `ntlearn exec`: the bare processor for scripts.
struct ExecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: "Run single instructions for scripts: JSON lines in, JSON lines out.",
        discussion: """
            Each line of standard input is a request: code, registers and memory. Each answer is a line of standard \
            output, in the same order. docs/commands.md lists all keys.

            Example: echo '{"id":1,"code":"b801000000"}' | ntlearn exec --batch
            """)

    @Flag(help: "Read requests from standard input until it ends.")
    var batch = false

    private static let longestLine = 4 << 20

    func validate() throws {
        guard batch else { throw ValidationError("exec works on standard input only: give --batch.") }
    }

    func run() throws {
        guard read(STDIN_FILENO, nil, 0) == 0 else {
            throw CommandFailure("cannot read standard input: \(String(cString: strerror(errno)))", status: 2)
        }
        var input = LineReader(descriptor: STDIN_FILENO, limit: Self.longestLine)
        var output = ByteOutput()
        while let line = input.next() {
            if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
            try output.write(answer(to: line).bytes + [UInt8(ascii: "\n")])
            // Whoever waits for an answer before the next request must get it.
            try output.flush()
        }
    }

    private func answer(to line: [UInt8]) -> JSONLine {
        line.count > Self.longestLine
            ? ExecAnswer.error("this line is longer than 4 MiB", of: nil) : ExecAnswer.answer(to: line)
    }
}
