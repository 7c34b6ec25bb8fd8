import Foundation

/// Lets one program at a time create or migrate the progress file.
///
/// SQLite's own locks do not cover the step from "no tables yet" to "tables made". The folder is locked, not the file:
/// closing a second descriptor of the file would release the locks that SQLite holds on it.
enum FolderLock {
    static func holding<Value>(folderOf path: String, _ work: () throws -> Value) rethrows -> Value {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        // A file system without folder locks (NFS) leaves the rare race, not an error at every start.
        if descriptor >= 0 { _ = flock(descriptor, LOCK_EX) }
        return try work()
    }
}
