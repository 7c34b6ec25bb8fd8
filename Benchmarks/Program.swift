import Foundation

/// Another program of this computer.
struct Program {
    let path: String

    init(path: String) { self.path = path }

    /// Looks it up in PATH.
    init?(named name: String) {
        let folders = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
        let candidates = folders.map { "\($0)/\(name)" }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else { return nil }
        self.path = path
    }

    /// Runs it to its end and returns what it wrote to standard output, without the last line's end.
    func output(_ arguments: String...) throws -> String { try output(arguments) }

    /// Runs it to its end and returns what it wrote to standard output, without the last line's end.
    func output(_ arguments: [String]) throws -> String {
        let (process, pipe) = try start(arguments, errors: .standardError)
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError("\(path) ended with status \(process.terminationStatus)")
        }
        return text.trimmingCharacters(in: .newlines)
    }

    /// Runs it until it has written two bytes, one some time after the other, and kills it.
    /// - Returns: the time between them.
    func timeBetween(_ marks: [UInt8], _ arguments: [String]) throws -> Duration {
        let (process, pipe) = try start(arguments, errors: .nullDevice)
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        var times: [ContinuousClock.Instant] = []
        while times.count < marks.count {
            let data = pipe.fileHandleForReading.availableData
            if data.isEmpty { throw BenchmarkError("\(path) ended before the guest did") }
            for byte in data where times.count < marks.count && byte == marks[times.count] { times.append(.now) }
        }
        return times[0].duration(to: times[1])
    }

    private func start(_ arguments: [String], errors: FileHandle) throws -> (Process, Pipe) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = errors
        try process.run()
        return (process, pipe)
    }
}

/// A folder for what a benchmark makes, inside the build folder.
struct WorkFolder {
    private let root: String

    init(_ name: String) throws {
        root = FileManager.default.currentDirectoryPath + "/.build/bench/" + name.replacing(" ", with: "-")
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    func path(_ file: String) -> String { root + "/" + file }

    func write(_ bytes: [UInt8], to file: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(file)))
    }
}
