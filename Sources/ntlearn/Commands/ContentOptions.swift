import ArgumentParser
import Lessons

/// Where courses and their machines are looked for.
struct ContentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A course's folder whose machines come before the built-in ones; repeat it for more.", valueName: "dir"))
    var content: [String] = []

    /// The machines of the named courses, then those of the built-in one.
    /// - Parameter machine: what will be looked up; the path of a file needs no course at all.
    func library(for machine: String? = nil) throws(ContentLocator.NotFound) -> MachineLibrary {
        let locator = ContentLocator(named: content)
        do {
            let named = content.isEmpty ? [] : try locator.courseFolders()
            guard let builtIn = try? locator.builtInFolder() else {
                return MachineLibrary(courses: named.isEmpty ? try locator.courseFolders() : named)
            }
            return MachineLibrary(courses: named, builtIn: builtIn)
        } catch {
            guard content.isEmpty, let machine, machine.contains("/") || machine.contains(".") else { throw error }
            return MachineLibrary(courses: [], builtIn: try? locator.builtInFolder())
        }
    }
}
