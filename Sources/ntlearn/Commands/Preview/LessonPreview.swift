import Foundation
import LessonEngine
import Lessons

/// Takes a lesson as a learner would, and has every question answered.
struct LessonPreview {
    let file: String
    let seed: UInt64
    let terminal: () -> Terminal

    /// Reads, runs and checks the lesson as it is now.
    func render() -> RenderedLesson {
        let terminal = terminal()
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().path
        let machines = MachineLibrary(courses: [folder], builtIn: try? ContentLocator().builtInFolder())
        let loaded = CourseLoader(registry: .withMachines(machines)).loadLesson(file: file)
        guard let lesson = loaded.lesson, let store = try? ProgressStore.inMemory() else {
            return RenderedLesson(pages: [], diagnostics: loaded.diagnostics, isReadable: false, terminal: terminal)
        }
        let course = Course(only: lesson, directory: folder)
        let session = PreviewSession(course: course, machines: machines, store: store, seed: seed, terminal: terminal)
        let pages = session.pages()
        let found = Set(loaded.diagnostics + LessonChecker().check(lesson))
        return RenderedLesson(pages: pages, diagnostics: found.sorted(), isReadable: true, terminal: terminal)
    }
}

/// A session in which nobody types: the program answers for the learner.
private struct PreviewSession {
    /// A prediction may open the next question; no page has so many.
    private static let mostQuestions = 100

    private final class Screen { var text = "" }

    private let session: LearnSession
    private let screen = Screen()

    init(course: Course, machines: MachineLibrary, store: ProgressStore, seed: UInt64, terminal: Terminal) {
        let screen = screen
        session = LearnSession(
            library: Library(courses: [course]), machines: machines, store: store,
            output: Output(detect: { terminal }, write: { screen.text += $0 }))
        session.nextSeed = { seed }
        session.isPreview = true
    }

    func pages() -> [String] {
        guard let entry = session.library.entries.first else { return [] }
        return entry.lesson.pages.indices.map { page in
            screen.text = ""
            session.show(entry, page: page)
            answerQuestions()
            return screen.text
        }
    }

    private func answerQuestions() {
        for _ in 0..<Self.mostQuestions {
            guard let open = session.question, open.isOpen else { return }
            let notes = AuthorNotes(question: open.question, varies: open.block.varies)
            session.output.print(notes.lines(session.renderer))
            do throws(WordError) { try session.giveAnswer() } catch {
                session.show(error)
                session.question?.isOpen = false
            }
        }
    }
}
