import LessonEngine
import Lessons

/// A lesson with the given body, loaded with everything that lessons may use.
func loadLesson(_ body: String) -> LoadedLesson {
    let head = "---\nformat: 1\nid: test\ntitle: Test\n---\n"
    return CourseLoader(registry: .withMachines(builtInMachines, player: ScriptedPlayer())).loadLesson(
        text: head + body, file: "test.md")
}

/// All diagnostics of a lesson: those of loading, and those of running it.
func diagnostics(_ body: String) -> [Diagnostic] {
    let loaded = loadLesson(body)
    return loaded.diagnostics + (loaded.lesson.map { LessonChecker().check($0) } ?? [])
}

/// Lines before the body of ``loadLesson(_:)``.
let headLines = 5
