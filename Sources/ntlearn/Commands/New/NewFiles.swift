import Foundation

/// Files that must not be there yet.
struct NewFiles {
    let folder: URL
    let files: [(path: String, text: String)]

    /// Writes all files, or none if one of them is there already.
    /// - Parameter folders: folders to make beside those of the files.
    func write(making folders: [String] = []) throws(CommandFailure) {
        let manager = FileManager.default
        for (path, _) in files where manager.fileExists(atPath: place(path)) {
            throw CommandFailure("\(place(path)) is there already; nothing was written", status: 2)
        }
        do {
            let parents = files.map { URL(fileURLWithPath: place($0.path)).deletingLastPathComponent().path }
            for parent in parents + folders.map(place) {
                try manager.createDirectory(atPath: parent, withIntermediateDirectories: true)
            }
            // Another program may have made the file in the meantime.
            for (path, text) in files {
                try Data(text.utf8).write(to: URL(fileURLWithPath: place(path)), options: .withoutOverwriting)
            }
        } catch {
            throw CommandFailure("cannot write below \(folder.path): \(error.localizedDescription)", status: 2)
        }
    }

    private func place(_ path: String) -> String { folder.appendingPathComponent(path).path }
}
