import Foundation
import GRDB

/// The learner's answers and place in each course, in one SQLite file for all profiles.
///
/// Whatever a method has written is on the disk before it returns, so that a kill at any later moment loses nothing.
/// Several programs may use one file at the same time.
public final class ProgressStore: Sendable {
    /// Whose progress this is; the file keeps profiles apart.
    public let profile: String
    let path: String
    private let database: DatabaseQueue

    /// How long to wait, in seconds, for another program that is writing to the same file.
    private static let patience = 10.0

    /// Opens the file, making it and its folder when they do not exist.
    ///
    /// - Throws: ``ProgressError``. A damaged file or one by a newer version is left untouched.
    public convenience init(path: String, profile: String = "default") throws(ProgressError) {
        try ProgressFolder.make(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        do {
            let database = try FolderLock.holding(folderOf: path) { try Self.open(path) }
            self.init(path: path, profile: profile, database: database)
        } catch {
            throw ProgressError(error, .open, path: path)
        }
    }

    /// A store that forgets everything when the program ends, for `--no-progress`.
    public static func inMemory(profile: String = "default") throws(ProgressError) -> ProgressStore {
        let path = "(memory)"
        do {
            let database = try DatabaseQueue()
            try ProgressSchema.migrator.migrate(database)
            return ProgressStore(path: path, profile: profile, database: database)
        } catch {
            throw ProgressError(error, .open, path: path)
        }
    }

    private init(path: String, profile: String, database: DatabaseQueue) {
        self.path = path
        self.profile = profile
        self.database = database
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        try refuseOrphanedLog(of: path)
        var configuration = Configuration()
        configuration.label = "ntlearn progress"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(patience)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        guard try !database.read(ProgressSchema.migrator.hasBeenSuperseded) else {
            throw ProgressError.newerSchema(path: path)
        }
        // GRDB chooses NORMAL for WAL, with which a power cut may lose the last answers.
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try ProgressSchema.migrator.migrate(database)
        if try database.read(lacksStandings) { try database.write(deriveStandings) }
        return database
    }

    /// SQLite deletes the write-ahead log of an empty file, and with it the answers in the log.
    private static func refuseOrphanedLog(of path: String) throws(ProgressError) {
        func size(_ file: String) -> UInt64? {
            (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? UInt64
        }
        if (size(path) ?? 0) == 0, let log = size(path + "-wal"), log > 0 {
            throw .corrupt(.open, path: path, reason: "it is empty or missing, but '\(path)-wal' holds answers")
        }
    }

    func write(_ attempt: ProgressError.Attempt, _ work: (Database) throws -> Void) throws(ProgressError) {
        try change(attempt, work)
    }

    /// All of it is done, or nothing.
    func change<Value>(
        _ attempt: ProgressError.Attempt, _ work: (Database) throws -> Value
    ) throws(ProgressError) -> Value {
        do {
            return try database.write(work)
        } catch {
            throw ProgressError(error, attempt, path: path)
        }
    }

    func read<Value>(_ work: (Database) throws -> Value) throws(ProgressError) -> Value {
        do {
            return try database.read(work)
        } catch {
            throw ProgressError(error, .read, path: path)
        }
    }
}

extension ProgressStore {
    /// The usual file: `$XDG_DATA_HOME/ntlearn/progress.sqlite`, with `~/.local/share` when the variable is not set.
    ///
    /// A relative `XDG_DATA_HOME` is ignored, as the XDG Base Directory Specification asks.
    public static func defaultPath(environment: [String: String]) -> String {
        let dataHome = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        return (dataHome ?? home + "/.local/share") + "/ntlearn/progress.sqlite"
    }
}
