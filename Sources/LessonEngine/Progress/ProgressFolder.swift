import Foundation

/// The folder of the progress file.
enum ProgressFolder {
    /// Makes the folder and those above it, as far as they are missing.
    static func make(_ folder: String) throws(ProgressError) {
        if isFolder(folder) { return }
        let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        if parent != folder { try make(parent) }
        guard mkdir(folder, 0o700) != 0 else { return }
        // Whatever is called next changes errno.
        let code = errno
        if isFolder(folder) { return }
        throw .folder(path: folder, reason: reason(code, folder: folder, parent: parent))
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func reason(_ code: Int32, folder: String, parent: String) -> String {
        switch code {
        case EACCES, EPERM: "you may not write in '\(parent)'"
        case EROFS: "'\(parent)' lies on a file system that can only be read"
        case EEXIST: "there is a file of that name"
        case ENOTDIR: "'\(parent)' is no folder"
        case ENOSPC, EDQUOT: "the disk is full"
        case ENAMETOOLONG: "its name is too long"
        default: String(cString: strerror(code)).lowercased()
        }
    }
}
