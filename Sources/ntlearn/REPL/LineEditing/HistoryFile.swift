import CReadline
import Foundation

/// What was typed before, kept between runs in a file of at most ``limit`` lines.
///
/// Each line is appended as soon as it is typed, so two sessions at once lose nothing, and neither does a kill. A folder
/// that cannot be written costs the history between runs and nothing else.
struct HistoryFile {
    static let limit = 1000

    /// The file's path; nil keeps the history for this run only.
    let path: String?
    private var last: String?
    private var excess = 0

    init(path: String?) {
        self.path = path
    }

    /// `$XDG_STATE_HOME/ntlearn/history`, or the same below `~/.local/state`.
    static func inStateFolder(environment: [String: String] = ProcessInfo.processInfo.environment) -> HistoryFile {
        // The XDG specification says that a relative path counts as unset.
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            return HistoryFile(path: state + "/ntlearn/history")
        }
        return HistoryFile(path: environment["HOME"].map { $0 + "/.local/state/ntlearn/history" })
    }

    /// Gives readline the lines of former runs.
    mutating func load() {
        using_history()
        clear_history()
        stifle_history(Int32(Self.limit))
        guard let path else { return }
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // What a learner typed is nobody else's to read.
        let descriptor = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        read_history(path)
        history_truncate_file(path, Int32(Self.limit))
        last = ntlearn_history_last().map { String(cString: $0) }
    }

    /// Remembers a line, unless it is blank or the same as the one before.
    mutating func add(_ line: String) {
        guard line != last, line.contains(where: { !$0.isWhitespace }) else { return }
        last = line
        add_history(line)
        guard let path, append_history(1, path) == 0 else { return }
        excess += 1
        guard excess >= 100 else { return }
        history_truncate_file(path, Int32(Self.limit))
        excess = 0
    }
}
