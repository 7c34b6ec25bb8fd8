import Foundation

/// pygiftparser, a reader of GIFT by other people.
enum GIFTOracle {
    /// Where `scripts/install-packages` puts packages of Python's.
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../../.build-oracles/python").standardizedFileURL.path

    static var isInstalled: Bool { (try? run("import pygiftparser.parser", "")) != nil }

    /// What kind of answers each question has; `invalid` for one that cannot be read.
    static func kinds(in gift: String) throws -> [String] {
        let script = """
            import io, sys
            from pygiftparser import parser
            for question in parser.parseFile(io.StringIO(sys.stdin.read())):
                print(type(question.answers).__name__ if question.valid else "invalid " + question.title)
            """
        return try run(script, gift).split(separator: "\n").map(String.init)
    }

    private static func run(_ script: String, _ input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": folder]) { $1 }
        let (standardInput, output) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw HarnessError("python3 failed") }
        return text
    }
}
