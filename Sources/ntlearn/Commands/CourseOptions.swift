import ArgumentParser
import LessonEngine
import Lessons
import Spelling

/// The courses that a command works on, where no learner is concerned.
struct CourseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A course's folder; repeat it for more. Default: the built-in course.", valueName: "dir"))
    var content: [String] = []

    /// The courses, loaded. A course with mistakes is refused: what is made of it goes to others.
    func load() throws -> [Course] {
        let locator = ContentLocator(named: content)
        let folders = try locator.courseFolders()
        let machines = MachineLibrary(courses: folders, builtIn: try? locator.builtInFolder())
        let loader = CourseLoader(registry: .withMachines(machines))
        return try folders.map { folder in
            let loaded = loader.load(directory: folder)
            guard let course = loaded.course, !loaded.diagnostics.contains(where: { $0.severity == .error }) else {
                throw CommandFailure("\(folder) has mistakes; `ntlearn check \(folder)` lists them")
            }
            return course
        }
    }
}

extension Library {
    /// The lessons of these names or numbers, in the order of the courses; all when none is named.
    func chosen(_ names: [String]) throws(CommandFailure) -> [Entry] {
        var numbers: Set<Int> = []
        for name in names {
            guard let entry = entry(name) else {
                let near = didYouMean(name, among: entries.map(\.lesson.id))
                throw CommandFailure(
                    "there is no lesson \"\(name.prefix(40))\"\n"
                        + (near.map { "did you mean \"\($0)\"?" } ?? "`ntlearn list` shows the lessons"), status: 2)
            }
            numbers.insert(entry.number)
        }
        return names.isEmpty ? entries : entries.filter { numbers.contains($0.number) }
    }
}
