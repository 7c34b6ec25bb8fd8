import Foundation
import LessonEngine

extension MachineLibrary {
    /// More files than any course has; those behind them count by name and time.
    private static let mostBytes = 64 << 20

    /// A text that changes whenever a file below one of the folders does, and so perhaps what its machines do.
    public var fingerprint: String {
        var room = Self.mostBytes
        var parts: [String] = []
        for folder in folders {
            let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            for name in names.sorted() {
                parts.append("\(folder)/\(name) \(Self.state(of: "\(folder)/\(name)", &room))")
            }
        }
        return contentHash(parts.joined(separator: "\n").utf8)
    }

    private static func state(of path: String, _ room: inout Int) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return "absent" }
        let size = Int(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG, size <= room, let data = FileManager.default.contents(atPath: path)
        else { return "\(status.st_mode) \(size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)" }
        room -= size
        return contentHash(data)
    }
}
