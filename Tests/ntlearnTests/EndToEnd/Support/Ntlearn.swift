import Foundation

/// The built program, run as its users run it. It sees a home folder of its own, never the developer's.
enum Ntlearn {
    /// The program that was built together with the tests.
    static var path: String {
        let tests = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return tests.resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("ntlearn").path
    }

    /// An environment in which all of the program's files are below the folder.
    static func environment(home: TemporaryFolder, adding extra: [String: String] = [:]) -> [String: String] {
        let base = [
            "PATH": "/usr/bin:/bin", "HOME": home.path, "LANG": "C.UTF-8", "TERM": "xterm", "INPUTRC": "/dev/null",
            "XDG_STATE_HOME": home.path + "/state", "XDG_DATA_HOME": home.path + "/data",
            "XDG_CONFIG_HOME": home.path + "/config",
        ]
        return base.merging(extra) { $1 }
    }
}

/// What a program that ran to its end has left.
struct ProgramResult {
    var stdout: String
    var stderr: String
    /// The exit status, or minus the signal that ended it.
    var status: Int32
}

/// Runs the program with standard input from a pipe-like file, and waits for it to end.
///
/// - Parameters:
///   - stdin: what it reads, to the end.
///   - environment: added to ``Ntlearn/environment(home:adding:)``.
///   - home: where it keeps its files; nil for a folder that nothing else uses.
func runNtlearn(
    arguments: [String] = [], stdin: some Sequence<UInt8> = "".utf8, environment: [String: String] = [:],
    home: TemporaryFolder? = nil
) throws -> ProgramResult {
    try runProgram(Ntlearn.path, arguments: arguments, stdin: stdin, environment: environment, home: home)
}

private func runProgram(
    _ program: String, arguments: [String], stdin: some Sequence<UInt8> = "".utf8, environment: [String: String],
    home: TemporaryFolder? = nil
) throws -> ProgramResult {
    let home = try home ?? TemporaryFolder()
    let input = try openFile(with: Data(stdin))
    let output = try OutputPipe()
    let error = try OutputPipe()
    defer { close(input) }
    let child = try ChildProcess(
        program, arguments: arguments, environment: Ntlearn.environment(home: home, adding: environment),
        streams: .descriptors(input: input, output: output.writeEnd, error: error.writeEnd))
    try OutputPipe.readAll([output, error])
    return ProgramResult(stdout: output.text, stderr: error.text, status: child.waitForExit())
}

/// Runs a shell's command line in which `ntlearn` is the built program, and waits for it to end.
func runShell(
    _ command: String, shell: String = "/bin/sh", environment: [String: String] = [:]
) throws -> ProgramResult {
    let folder = URL(fileURLWithPath: Ntlearn.path).deletingLastPathComponent().path
    let path = ["PATH": "\(folder):/usr/bin:/bin"].merging(environment) { $1 }
    return try runProgram(shell, arguments: ["-c", command], environment: path)
}

/// A session with the program on a terminal.
final class NtlearnSession {
    let terminal: PseudoTerminal
    private let child: ChildProcess
    private let home: TemporaryFolder

    init(
        arguments: [String] = [], environment: [String: String] = [:], home: TemporaryFolder? = nil,
        columns: Int = 80, rows: Int = 24
    ) throws {
        let home = try home ?? TemporaryFolder()
        self.home = home
        terminal = try PseudoTerminal(columns: columns, rows: rows)
        child = try ChildProcess(
            Ntlearn.path, arguments: arguments, environment: Ntlearn.environment(home: home, adding: environment),
            streams: .terminal(path: terminal.path))
    }

    /// Ends the program at once, without a chance to save anything.
    func kill() { child.send(signal: SIGKILL) }

    /// Waits until the program has left the terminal.
    /// - Returns: the exit status, or minus the signal that ended it.
    func waitForExit() throws -> Int32 {
        try terminal.waitForEnd()
        return child.waitForExit()
    }
}

private func openFile(with data: Data) throws -> Int32 {
    let path = NSTemporaryDirectory() + "ntlearn-stdin-" + UUID().uuidString
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw HarnessError("cannot make a temporary file") }
    unlink(path)
    try FileHandle(fileDescriptor: descriptor).write(contentsOf: data)
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
}
