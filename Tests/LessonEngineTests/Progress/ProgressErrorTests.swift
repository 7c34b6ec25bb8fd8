import Foundation
import LessonEngine
import Testing

@Suite("Progress: files that cannot be used")
struct ProgressErrorTests {
    private func openError(_ path: String) -> ProgressError? {
        do {
            _ = try ProgressStore(path: path)
            return nil
        } catch {
            return error
        }
    }

    @Test("A file that is no database is refused and left as it was")
    func notADatabase() throws {
        try withProgressFolder { folder in
            let path = folder + "/progress.sqlite"
            let garbage = Data("my thesis, do not delete ".utf8) + Data(repeating: 0xA5, count: 9000)
            try garbage.write(to: URL(fileURLWithPath: path))
            let error = try #require(openError(path))
            guard case .corrupt(.open, path, _) = error else { Issue.record("\(error)"); return }
            #expect(try fileBytes(path) == garbage)
            #expect(error.description.contains("'\(path)'"))
            #expect(error.description.contains("--no-progress"))
        }
    }

    @Test("A file cut short is reported, never replaced by an empty one")
    func truncated() throws {
        try withProgressFolder { folder in
            let path = folder + "/progress.sqlite"
            do {
                let store = try ProgressStore(path: path)
                for _ in 0..<200 { try store.append(someAnswer(answer: String(repeating: "a", count: 200))) }
            }
            let half = try fileBytes(path).prefix(8192)
            try half.write(to: URL(fileURLWithPath: path))
            let error = try #require(openError(path))
            guard case .corrupt(.open, path, _) = error else { Issue.record("\(error)"); return }
            #expect(try fileBytes(path) == half)
        }
    }

    @Test("An emptied file whose log still holds answers is not started afresh")
    func orphanedLog() throws {
        try withProgressFolder { folder in
            let path = folder + "/progress.sqlite"
            let store = try ProgressStore(path: path)
            try store.append(someAnswer())
            let log = try fileBytes(path + "-wal")
            let (copy, copiedLog) = (folder + "/copy.sqlite", folder + "/copy.sqlite-wal")
            try log.write(to: URL(fileURLWithPath: copiedLog))
            try Data().write(to: URL(fileURLWithPath: copy))
            let error = try #require(openError(copy))
            guard case .corrupt(.open, copy, _) = error else { Issue.record("\(error)"); return }
            #expect(try fileBytes(copiedLog) == log)
        }
    }

    @Test("A file by a newer version is left alone")
    func newerSchema() throws {
        try withProgressFolder { folder in
            let path = folder + "/progress.sqlite"
            _ = try ProgressStore(path: path)
            try meddle(with: path, "INSERT INTO grdb_migrations VALUES ('99 from the future')")
            let error = try #require(openError(path))
            #expect(error == .newerSchema(path: path))
            #expect(error.description.contains("newer version"))
        }
    }

    @Test("A verdict that this version does not know is an error, not a lost row")
    func unknownVerdict() throws {
        try withProgressFolder { folder in
            let path = folder + "/progress.sqlite"
            let store = try ProgressStore(path: path)
            try meddle(
                with: path,
                "INSERT INTO answers VALUES (1, 'default', 'nt', 'int2e', 'q', 'h', 1, '', 'maybe', '2026-01-01', 0)")
            #expect(throws: ProgressError.self) { try store.answers(course: "nt") }
        }
    }

    @Test("Kept answers cannot be changed, not even by another program")
    func appendOnly() throws {
        try withProgressFolder { folder in
            let path = folder + "/progress.sqlite"
            let store = try ProgressStore(path: path)
            try store.append(someAnswer(verdict: .wrong))
            #expect(throws: (any Error).self) { try meddle(with: path, "UPDATE answers SET verdict = 'correct'") }
            #expect(try store.answers(course: "nt").map(\.verdict) == [.wrong])
        }
    }

    @Test("A folder that cannot be made is named, with what would work")
    func folderUnderFile() throws {
        try withProgressFolder { folder in
            try Data("a file".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
            let error = try #require(openError(folder + "/file/ntlearn/progress.sqlite"))
            #expect(error == .folder(path: folder + "/file", reason: "there is a file of that name"))
            #expect(error.description.contains("XDG_DATA_HOME"))
        }
    }

    @Test("A link that leads nowhere is told as what it is, not as what it leads to")
    func danglingLink() throws {
        try withProgressFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link", withDestinationPath: folder + "/nowhere")
            let error = openError(folder + "/link/progress.sqlite")
            #expect(error == .folder(path: folder + "/link", reason: "there is a file of that name"))
        }
    }

    @Test("A folder in place of the file is refused")
    func folderInPlaceOfFile() throws {
        try withProgressFolder { folder in
            #expect(openError(folder) == .readOnly(.open, path: folder))
        }
    }

    @Test("A read-only folder is named, with what would work", .disabled(if: geteuid() == 0, "root may write anywhere"))
    func readOnlyFolder() throws {
        try withProgressFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
            #expect(openError(folder + "/progress.sqlite") == .readOnly(.open, path: folder + "/progress.sqlite"))
        }
    }
}
