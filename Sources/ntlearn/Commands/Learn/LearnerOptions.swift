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

    func store() throws -> ProgressStore {
        if noProgress { return try ProgressStore.inMemory(profile: profile) }
        let path = ProgressStore.defaultPath(environment: ProcessInfo.processInfo.environment)
        do throws(ProgressError) { return try ProgressStore(path: path, profile: profile) } catch {
            throw CommandFailure("\(error)\nTo go on without progress: ntlearn --no-progress", status: 2)
        }
    }
}
