import Foundation
import LessonEngine
import Lessons

/// Checks one path: a course's folder, a lesson or a machine.
struct ContentCheck {
    let path: String
    var options = CheckOptions()

    /// - Parameter progress: told now and then how many files are done, and of how many.
    func run(progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }) throws(CommandFailure) -> CheckReport {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure(
                "there is no file or folder \(path)\nname a course's folder, a lesson (.md) or a machine (.asm)",
                status: 2)
        }
        if isFolder.boolValue { return course(progress) }
        if path.hasSuffix(".asm") { return machine() }
        return lesson()
    }

    // MARK: The three kinds of paths

    private func course(_ progress: (_ done: Int, _ all: Int) -> Void) -> CheckReport {
        let files = checker(folder: path, within: path)
        let outline = files.loader.outline(directory: path)
        var report = CheckReport()
        report.add(outline.diagnostics)
        report.isReadable =
            outline.isUsable || !outline.diagnostics.contains { $0.code == DiagnosticCode.unreadableFile.name }
        let jobs = outline.lessonFiles.map(CheckJob.lesson) + machineSources.map(CheckJob.machine)
        let found = check(jobs, files, progress)
        for (job, found) in zip(jobs, found) { report.add(found, of: job) }
        let lessons = found.compactMap(\.outline)
        report.add(outline.problems(of: lessons))
        var links = LinkCheck(directory: path, lessons: lessons, loader: files.loader)
        for lesson in lessons { report.add(links.diagnostics(of: lesson)) }
        report.add(files.loader.glossary(directory: path).diagnostics)
        report.add(card(files))
        files.cache.save(isWhole: true)
        return report
    }

    /// The reference card is a lesson that no list names.
    private func card(_ files: FileChecker) -> [Diagnostic] {
        let card = (path.hasSuffix("/") ? path : path + "/") + "card.md"
        guard FileManager.default.fileExists(atPath: card) else { return [] }
        return check([.lesson(card)], files).flatMap(\.diagnostics)
    }

    private func lesson() -> CheckReport {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        let course = folder.deletingLastPathComponent().relativePath
        let files = checker(folder: course, within: nil)
        let found = check([.lesson(path)], files)
        var report = CheckReport()
        for found in found {
            report.add(found, of: .lesson(path))
            report.isReadable = found.outline != nil || !found.isRepeatable
        }
        // A lesson that stands in no course can link to its neighbours only.
        let root = folder.lastPathComponent == "lessons" ? course : folder.relativePath
        let lessons = found.compactMap(\.outline)
        var links = LinkCheck(directory: root, lessons: lessons, loader: files.loader)
        for lesson in lessons { report.add(links.diagnostics(of: lesson)) }
        files.cache.save(isWhole: false)
        return report
    }

    private func machine() -> CheckReport {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().relativePath
        let files = checker(folder: folder, within: nil)
        var report = CheckReport()
        for found in check([.machine(path)], files) { report.add(found, of: .machine(path)) }
        files.cache.save(isWhole: false)
        return report
    }

    // MARK: What they share

    private func check(
        _ jobs: [CheckJob], _ files: FileChecker, _ progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) -> [CheckedFile] {
        WorkerPool(jobs, limit: options.timeLimit, work: files.check, giveUp: FileChecker.gaveUp).run(
            progress: progress)
    }

    /// - Parameter folder: of the course, whose machines its lessons may use besides the built-in ones.
    private func checker(folder: String, within directory: String?) -> FileChecker {
        let builtIn = try? ContentLocator().builtInFolder()
        let library = MachineLibrary(courses: [folder], builtIn: builtIn)
        return FileChecker(
            directory: directory, loader: CourseLoader(registry: .withMachines(library)),
            checker: LessonChecker(seeds: options.seeds), machines: MachineLibrary(courses: [], builtIn: builtIn),
            cache: CheckCache(
                folder: options.cacheFolder,
                dependencies: [
                    ProgramIdentity.current, folder, URL(fileURLWithPath: folder).standardizedFileURL.path,
                    library.fingerprint, "\(options.seeds)", "\(options.timeLimit)",
                ]))
    }

    private var machineSources: [String] {
        let folder = (path.hasSuffix("/") ? path : path + "/") + "machines/"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".asm") }.sorted().map { folder + $0 }
    }
}

/// How to check.
struct CheckOptions: Sendable {
    /// Members of each family of questions.
    var seeds = LessonChecker.usualSeeds
    /// Seconds of the processor's time for each file.
    var timeLimit = Self.usualTimeLimit
    /// Where results are kept; nil to keep none.
    var cacheFolder: String?

    static let usualTimeLimit = 2.0
}

/// Tells one build of this program from another.
enum ProgramIdentity {
    /// Path, size and time of the program's file.
    static var current: String {
        let path = Bundle.main.executablePath ?? CommandLine.arguments.first ?? ""
        var status = stat()
        guard stat(path, &status) == 0 else { return path }
        return "\(path) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
}
