import Foundation

/// What a test could not do, and why.
struct HarnessError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// A program that a test has started. It is killed with this object.
final class ChildProcess {
    /// Where the child's standard input, output and error come from.
    enum Streams {
        case descriptors(input: Int32, output: Int32, error: Int32)
        /// A terminal, which also becomes the child's controlling one, so that Ctrl-C reaches it.
        case terminal(path: String)
    }

    /// `POSIX_SPAWN_SETSID` of glibc's spawn.h, which Swift's Glibc module leaves out.
    private static let setSession: Int32 = 0x80

    private let identifier: pid_t
    private var status: Int32?

    init(_ program: String, arguments: [String], environment: [String: String], streams: Streams) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        switch streams {
        case .descriptors(let input, let output, let error):
            for (target, source) in [input, output, error].enumerated() {
                posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
            }
        case .terminal(let path):
            posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        }
        identifier = try Self.spawn(program, [program] + arguments, environment, actions)
    }

    deinit {
        if status == nil {
            kill(identifier, SIGKILL)
            _ = waitForExit()
        }
    }

    func send(signal: Int32) { kill(identifier, signal) }

    /// The exit status, or minus the signal that ended the child.
    func waitForExit() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(identifier, &raw, 0) < 0, errno == EINTR {}
        let signal = raw & 0x7F
        let decoded = signal == 0 ? (raw >> 8) & 0xFF : -signal
        status = decoded
        return decoded
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String: String], _ actions: posix_spawn_file_actions_t
    ) throws -> pid_t {
        var actions = actions
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A session of its own: the first terminal it opens becomes its controlling one. Signals that the test runner
        // ignores or blocks must reach the child all the same.
        var everySignal = sigset_t()
        var noSignal = sigset_t()
        sigfillset(&everySignal)
        sigemptyset(&noSignal)
        posix_spawnattr_setsigdefault(&attributes, &everySignal)
        posix_spawnattr_setsigmask(&attributes, &noSignal)
        let flags = setSession | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let argumentTexts = arguments.map { strdup($0) } + [nil]
        let environmentTexts = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argumentTexts + environmentTexts { free(text) } }
        var identifier: pid_t = 0
        let problem = Inheritance.lock.withLock { _ in
            posix_spawn(&identifier, program, &actions, &attributes, argumentTexts, environmentTexts)
        }
        guard problem == 0 else {
            throw HarnessError("cannot start \(program): \(String(cString: strerror(problem)))")
        }
        return identifier
    }
}
