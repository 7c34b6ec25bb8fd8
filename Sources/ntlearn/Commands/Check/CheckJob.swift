import LessonEngine
import Lessons

/// One file to check.
enum CheckJob: Sendable {
    case lesson(String)
    case machine(String)

    var path: String {
        switch self {
        case .lesson(let path), .machine(let path): path
        }
    }
}

/// Checks the files of one folder.
struct FileChecker: Sendable {
    /// The course's folder, which no file may leave; nil for a lesson that the user named.
    let directory: String?
    let loader: CourseLoader
    let checker: LessonChecker
    /// With the built-in machines, whose files may be included.
    let machines: MachineLibrary
    let cache: CheckCache

    /// What is wrong with a file, from the cache if it was checked before.
    func check(_ job: CheckJob) -> CheckedFile {
        switch job {
        case .lesson(let path):
            let file = LessonFile(path: path, within: directory)
            return cache.result(for: path, hash: file.hash) { checker.check(file, loader: loader) }
        case .machine(let path):
            // The key of the whole cache has the contents of all machines in it.
            return cache.result(for: path, hash: "machine") {
                CheckedFile(outline: nil, diagnostics: MachineCheck(source: path, library: machines).run())
            }
        }
    }

    /// What to say of a file whose check does not end.
    static func gaveUp(_ job: CheckJob, _ limit: TimeLimit) -> CheckedFile {
        let start = SourceLocation(file: job.path, line: 1, column: 1)
        return CheckedFile(outline: nil, diagnostics: [limit.diagnostic(from: start)])
    }
}
