import Foundation

/// Finds the course's folder, whether the program was installed or runs where it was built.
struct ContentLocator {
    /// No folder holds a course.
    struct NotFound: Error, Equatable, CustomStringConvertible {
        /// Every folder that was looked at, in order, and why it will not do.
        var tried: [(folder: String, reason: String)]

        static func == (first: NotFound, second: NotFound) -> Bool { first.description == second.description }

        /// A message that says where the program looked and what would work.
        var description: String {
            let places = tried.map { "  \($0.folder): \($0.reason)" }
            return
                (["No course was found. These folders were tried:"] + places + [
                    "Name a folder that holds a course.yaml with --content DIR or in NTLEARN_CONTENT."
                ]).joined(separator: "\n")
        }
    }

    /// The file that makes a folder a course.
    static let mark = "course.yaml"

    /// The folders that `--content` named, in order.
    var named: [String] = []
    var environment: [String: String] = ProcessInfo.processInfo.environment
    /// The folder that the program's file is in, symbolic links resolved.
    var programFolder: String = Self.runningProgramFolder

    /// The folders of the courses to offer: those that `--content` named, all of which must be there, or the built-in one.
    func courseFolders() throws(NotFound) -> [String] {
        guard !named.isEmpty else { return [try builtInFolder()] }
        let problems = named.compactMap { folder in Self.problem(with: folder).map { (folder, $0) } }
        guard problems.isEmpty else { throw NotFound(tried: problems) }
        return named
    }

    /// The folder of the built-in course and machines. `NTLEARN_CONTENT`, when set, is the only place to look.
    func builtInFolder() throws(NotFound) -> String {
        var tried: [(folder: String, reason: String)] = []
        for folder in candidates {
            guard let problem = Self.problem(with: folder) else { return folder }
            tried.append((folder, problem))
        }
        throw NotFound(tried: tried)
    }

    private var candidates: [String] {
        if let chosen = environment["NTLEARN_CONTENT"], !chosen.isEmpty { return [chosen] }
        let places = ["content", "../share/ntlearn/content", "ntlearn_ntlearn.resources/content"]
        return places.map { URL(fileURLWithPath: programFolder).appendingPathComponent($0).standardizedFileURL.path }
    }

    private static func problem(with folder: String) -> String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            return "there is no such folder"
        }
        guard isFolder.boolValue else { return "this is not a folder" }
        return FileManager.default.isReadableFile(atPath: "\(folder)/\(mark)") ? nil : "there is no \(mark) in it"
    }

    private static var runningProgramFolder: String {
        let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments.first ?? "ntlearn")
        return program.resolvingSymlinksInPath().deletingLastPathComponent().path
    }
}
