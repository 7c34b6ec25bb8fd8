import Foundation
import LessonEngine
import Synchronization

/// What earlier runs found, so that only files that changed are checked again.
///
/// One file for each course and way of checking it, named after everything that a result depends on besides the lesson's
/// own text: the program, the machines, the options. A result is found under the lesson's path and hash. The file is
/// replaced at once, so that runs at the same time do not disturb each other, and a damaged one counts as empty.
final class CheckCache: Sendable {
    private struct Entry: Codable, Sendable {
        let hash: String
        let result: CheckedFile
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// The paths that this run asked for.
        var asked: Set<String> = []
        var isChanged = false
    }

    private let file: String?
    private let state: Mutex<State>

    /// - Parameters:
    ///   - folder: where caches are; nil for none.
    ///   - dependencies: everything that results depend on besides the checked file's own text.
    init(folder: String?, dependencies: [String]) {
        file = folder.map { "\($0)/\(stableHash(dependencies)).json" }
        var state = State()
        state.entries = file.flatMap(Self.entries) ?? [:]
        self.state = Mutex(state)
    }

    /// The result for a file with that hash: the one that was kept, or that of `check`.
    func result(for path: String, hash: String?, check: () -> CheckedFile) -> CheckedFile {
        guard file != nil, let hash else { return check() }
        let known = state.withLock { state in
            state.asked.insert(path)
            return state.entries[path]
        }
        if let known, known.hash == hash { return known.result }
        let result = check()
        guard result.isRepeatable else { return result }
        state.withLock { state in
            state.entries[path] = Entry(hash: hash, result: result)
            state.isChanged = true
        }
        return result
    }

    /// Keeps the results for the next run. That they cannot be kept is no failure: the next run takes longer.
    /// - Parameter isWhole: whether this run saw all of the course; results of other files are then out of date.
    func save(isWhole: Bool) {
        guard let file else { return }
        let entries = state.withLock { state -> [String: Entry]? in
            let kept = isWhole ? state.entries.filter { state.asked.contains($0.key) } : state.entries
            return state.isChanged || kept.count < state.entries.count ? kept : nil
        }
        guard let entries, let body = try? JSONEncoder().encode(entries), body.count <= Self.largestFile else { return }
        Self.write(Data(stableHash(body).utf8) + Data("\n".utf8) + body, to: file)
        Self.dropOldest(in: URL(fileURLWithPath: file).deletingLastPathComponent())
    }
}

// Files.
extension CheckCache {
    /// More than any course needs.
    private static let largestFile = 32 << 20
    private static let mostFiles = 32

    /// `$XDG_CACHE_HOME/ntlearn/check`, or below `~/.cache`; nil without a home.
    static func usualFolder(environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
        if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") { return "\(base)/ntlearn/check" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return "\(home)/.cache/ntlearn/check"
    }

    private static func entries(in file: String) -> [String: Entry]? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            (attributes?[.size] as? Int).map({ $0 <= largestFile + 64 }) == true,
            let data = FileManager.default.contents(atPath: file),
            let end = data.firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        let body = data[data.index(after: end)...]
        guard data[..<end].elementsEqual(stableHash(body).utf8) else { return nil }
        return try? JSONDecoder().decode([String: Entry].self, from: body)
    }

    private static func write(_ data: Data, to file: String) {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        let temporary = "\(file).\(UUID().uuidString)"
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard FileManager.default.createFile(atPath: temporary, contents: data, attributes: [.posixPermissions: 0o600])
        else { return }
        if rename(temporary, file) != 0 { unlink(temporary) }
    }

    /// Courses come and go, and each change of a machine begins a new file.
    private static func dropOldest(in folder: URL) {
        let keys: Set<URLResourceKey> = [.contentModificationDateKey]
        let files =
            (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))) ?? []
        guard files.count > mostFiles else { return }
        let dated = files.map { ($0, (try? $0.resourceValues(forKeys: keys))?.contentModificationDate ?? .distantPast) }
        for (file, _) in dated.sorted(by: { $0.1 > $1.1 }).dropFirst(mostFiles) {
            try? FileManager.default.removeItem(at: file)
        }
    }
}

/// A hash of several texts that is the same in every run.
private func stableHash(_ texts: [String]) -> String {
    stableHash(texts.joined(separator: "\u{0}").utf8)
}

private func stableHash(_ bytes: some Sequence<UInt8>) -> String { contentHash(bytes) }
