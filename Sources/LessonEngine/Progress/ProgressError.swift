import Foundation
import GRDB

/// Why progress could not be read or saved. Each message names the file, what was attempted, and what would work.
public enum ProgressError: Error, Equatable, CustomStringConvertible {
    /// What the program wanted of the progress file when it failed.
    public enum Attempt: String, Sendable {
        case open
        case saveAnswer = "save an answer in"
        case savePosition = "save the current page in"
        case read
        case rebuild = "bring up to date"
        case reset = "put answers aside in"
        case importProfile = "import into"
    }

    /// The folder of the progress file does not exist and cannot be made.
    case folder(path: String, reason: String)
    /// The file, or its folder, does not allow writing. SQLite needs to write in the folder, too.
    case readOnly(Attempt, path: String)
    case diskFull(Attempt, path: String)
    /// The file is damaged or is no progress file. It was left as it is.
    case corrupt(Attempt, path: String, reason: String)
    /// A later version of the program changed the file's tables.
    case newerSchema(path: String)
    /// Other programs kept the file locked for longer than the time allowed.
    case busy(Attempt, path: String)
    case failed(Attempt, path: String, reason: String)

    /// What was wrong, with which file, and what would work.
    public var description: String {
        "\(problem). \(remedy)"
    }

    private var problem: String {
        switch self {
        case .folder(let path, let reason):
            "cannot make the folder '\(path)' for the progress file: \(reason)"
        case .readOnly(let attempt, let path):
            "cannot \(attempt.rawValue) the progress file '\(path)': the file or its folder does not allow writing"
        case .diskFull(let attempt, let path):
            "cannot \(attempt.rawValue) the progress file '\(path)': the disk is full"
        case .corrupt(let attempt, let path, let reason):
            "cannot \(attempt.rawValue) the progress file '\(path)': it is damaged or no progress file (\(reason))"
        case .newerSchema(let path):
            "cannot open the progress file '\(path)': a newer version of ntlearn has written it"
        case .busy(let attempt, let path):
            "cannot \(attempt.rawValue) the progress file '\(path)': another program keeps it locked"
        case .failed(let attempt, let path, let reason):
            "cannot \(attempt.rawValue) the progress file '\(path)': \(reason)"
        }
    }

    private var remedy: String {
        switch self {
        case .folder, .readOnly:
            "Allow writing there, set XDG_DATA_HOME to a folder of yours, or start with --no-progress."
        case .diskFull:
            "Free some space, or start with --no-progress."
        case .corrupt(_, let path, _):
            "Nothing in it was changed. Try: sqlite3 '\(path)' .recover; "
                + "or move it and any '\(path)-wal' away to start afresh, or start with --no-progress."
        case .newerSchema:
            "Start that version of ntlearn, or start with --no-progress."
        case .busy(_, let path):
            "Find it with: fuser '\(path)'; then try again, or start with --no-progress."
        case .failed:
            "Try again, or start with --no-progress."
        }
    }
}

extension ProgressError {
    /// Sorts an error of the database by what the learner can do about it.
    init(_ error: any Error, _ attempt: Attempt, path: String) {
        switch error {
        case let error as ProgressError: self = error
        case let error as DatabaseError: self.init(error, attempt, path: path)
        default: self = .failed(attempt, path: path, reason: "\(error)")
        }
    }

    private init(_ error: DatabaseError, _ attempt: Attempt, path: String) {
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: self = .readOnly(attempt, path: path)
        case .SQLITE_FULL: self = .diskFull(attempt, path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(attempt, path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(attempt, path: path)
        default: self = .failed(attempt, path: path, reason: reason)
        }
    }
}
