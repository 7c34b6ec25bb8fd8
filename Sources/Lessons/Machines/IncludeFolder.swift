import Foundation
import X86

/// What a machine's source may `%include`: files below its own folder, and below that of the built-in machines.
///
/// A course is written by strangers: no name and no link leads anywhere else.
struct IncludeFolder {
    /// With links resolved, the source's own folder first.
    private let folders: [String]

    /// - Parameters:
    ///   - source: path of the machine's source.
    ///   - builtIn: folder of the built-in machines, if there is one.
    init(of source: String, builtIn: String?) {
        let own = URL(fileURLWithPath: source).deletingLastPathComponent()
        let all = [own] + (builtIn.map { [URL(fileURLWithPath: $0)] } ?? [])
        folders = all.map { $0.resolvingSymlinksInPath().path }
    }

    /// The text of a file below one of the folders; `nil` if there is none.
    /// - Throws: why the name is refused, or the file cannot be read.
    func text(_ name: String) throws(IncludeRefusal) -> String? {
        guard !name.hasPrefix("/"), !name.hasPrefix("~") else { throw Self.outside("it is an absolute path") }
        guard !name.isEmpty, !name.utf8.contains(0) else { throw Self.outside("it is no file's name") }
        guard Self.staysInside(name) else { throw Self.outside("it leads out of the machine's folder") }
        for folder in folders {
            if let text = try Self.text(name, in: folder) { return text }
        }
        return nil
    }

    /// The path of the file that a name stands for, for messages; `nil` if no folder has it.
    func path(_ name: String) -> String? {
        guard Self.staysInside(name), !name.hasPrefix("/") else { return nil }
        return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.fileExists)
    }

    private static func text(_ name: String, in folder: String) throws(IncludeRefusal) -> String? {
        let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else { return nil }
        guard !isFolder.boolValue else { throw IncludeRefusal("it is a folder") }
        guard file.resolvingSymlinksInPath().path.hasPrefix(folder + "/") else {
            throw outside("a link on the way leads out of the machine's folder")
        }
        do { return try MachineLibrary.text(file.path, fromStranger: true) } catch {
            throw IncludeRefusal("it cannot be read as text of at most 16 MiB")
        }
    }

    /// Whether a file lies in a folder or below it, links resolved.
    static func isInside(_ path: String, _ folder: String) -> Bool {
        func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        return resolved(path).hasPrefix(resolved(folder) + "/")
    }

    /// Whether no `..` climbs above the folder, at any point of the way.
    private static func staysInside(_ name: String) -> Bool {
        var depth = 0
        for part in name.split(separator: "/") where part != "." {
            depth += part == ".." ? -1 : 1
            guard depth >= 0 else { return false }
        }
        return true
    }

    private static func outside(_ reason: String) -> IncludeRefusal {
        IncludeRefusal(
            reason, note: "name a file in the course's machines folder or a built-in one: include/structures.inc")
    }
}
