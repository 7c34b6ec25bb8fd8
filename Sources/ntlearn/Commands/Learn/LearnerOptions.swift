import ArgumentParser
import Foundation
import LessonEngine
import Lessons

/// What the commands for learners share: courses, profile, progress.
struct LearnerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A course's folder; repeat it for more. Default: the built-in course.", valueName: "dir"))
    var content: [String] = []

    @Option(help: "Whose progress to keep, where several people share an account.")
    var profile: String = "default"

    @Flag(help: "Output for screen readers: no boxes, no colour, sentences.")
    var plain = false

    @Flag(help: "Do not read or keep any progress.")
    var noProgress = false

    /// The courses, loaded. Diagnostics go to standard error; a course with errors still opens as far as it can.
    func courses() throws -> [Course] {
        let folders = try ContentLocator(named: content).courseFolders()
        let loader = CourseLoader(registry: .withMachines(machines(of: folders)))
        return try folders.map { folder in
            let loaded = loader.load(directory: folder)
            let errors = loaded.diagnostics.filter { $0.severity == .error }
            if !errors.isEmpty {
                CommandFailure.warn("\(folder) has mistakes; `ntlearn check \(folder)` lists them")
            }
            guard let course = loaded.course else {
                throw CommandFailure(errors.first.map { "\($0)" } ?? "\(folder) holds no course", status: 2)
            }
            return course
        }
    }

    /// The machines of these courses, then the built-in ones.
    func machines(of courses: [String]) -> MachineLibrary {
        MachineLibrary(courses: courses, builtIn: try? ContentLocator(named: content).builtInFolder())
    }

    func store() throws(CommandFailure) -> ProgressStore {
        noProgress ? try Self.forgetful(profile) : try Self.store(profile: profile)
    }

    /// The store; one that knows nothing if it cannot be opened, which is told.
    func storeIfReadable() throws(CommandFailure) -> ProgressStore {
        do { return try store() } catch {
            CommandFailure.warn("progress is left out: \(error.message)")
            return try Self.forgetful(profile)
        }
    }

    /// The progress file of this account.
    static func store(profile: String) throws(CommandFailure) -> ProgressStore {
        let path = ProgressStore.defaultPath(environment: ProcessInfo.processInfo.environment)
        do { return try ProgressStore(path: path, profile: profile) } catch {
            throw CommandFailure("\(error)", status: 2)
        }
    }

    private static func forgetful(_ profile: String) throws(CommandFailure) -> ProgressStore {
        do { return try ProgressStore.inMemory(profile: profile) } catch {
            throw CommandFailure("\(error)", status: 2)
        }
    }

    /// A session in these courses, before its first page.
    func session() throws -> LearnSession {
        let courses = try courses()
        let plain = plain
        return LearnSession(
            library: Library(courses: courses), machines: machines(of: courses.map(\.directory)), store: try store(),
            output: Output(detect: { Terminal.detect(plain: plain) }))
    }
}
