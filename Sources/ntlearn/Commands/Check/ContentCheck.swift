import Foundation
import LessonEngine
import Lessons

/// Checks one path: a course's folder, a lesson or a machine.
struct ContentCheck {
    let path: String
    var checker = LessonChecker()

    func run() throws(CommandFailure) -> CheckReport {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure(
                "there is no file or folder \(path)\nname a course's folder, a lesson (.md) or a machine (.asm)",
                status: 2)
        }
        if isFolder.boolValue { return course() }
        if path.hasSuffix(".asm") { return machine(path) }
        return lesson()
    }

    private func course() -> CheckReport {
        let loaded = CourseLoader(registry: registry(folder: path)).load(directory: path)
        var report = CheckReport()
        report.add(loaded.diagnostics)
        if let course = loaded.course {
            course.lessons.forEach { report.add($0) }
            report.add(checker.check(course))
        } else {
            report.isReadable = !loaded.diagnostics.contains { $0.code == DiagnosticCode.unreadableFile.name }
        }
        for source in machineSources { report.add(machine(source)) }
        return report
    }

    private func lesson() -> CheckReport {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
        let loaded = CourseLoader(registry: registry(folder: folder)).loadLesson(file: path)
        var report = CheckReport()
        report.add(loaded.diagnostics)
        if let lesson = loaded.lesson {
            report.add(lesson)
            report.add(checker.check(lesson))
        } else {
            report.isReadable = false
        }
        return report
    }

    /// The kinds that lessons of a course may use: with its own machines first, then the built-in ones.
    private func registry(folder: String) -> Registry {
        .withMachines(MachineLibrary(courses: [folder], builtIn: try? ContentLocator().builtInFolder()))
    }

    private var machineSources: [String] {
        let folder = (path.hasSuffix("/") ? path : path + "/") + "machines/"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".asm") }.sorted().map { folder + $0 }
    }

    private func machine(_ source: String) -> CheckReport {
        var report = CheckReport()
        report.machines = 1
        let library = MachineLibrary(courses: [], builtIn: try? ContentLocator().builtInFolder())
        report.add(MachineCheck(source: source, library: library).run())
        return report
    }
}
