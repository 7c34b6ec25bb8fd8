import LessonEngine
import Lessons

extension LearnerOptions {
    /// A session for questions that need machines, but no lessons: nothing of a course is read.
    func machineSession() throws -> LearnSession {
        let folders = try ContentLocator(named: content).courseFolders()
        let plain = plain
        return LearnSession(
            library: Library(courses: []), machines: machines(of: folders), store: try store(),
            output: Output(detect: { Terminal.detect(plain: plain) }))
    }

    /// Asks the questions of a run at the prompt, and ends with it.
    func practise(_ run: PracticeRun, in session: LearnSession) {
        var run = run
        run.endsSession = true
        session.practise(run)
        ReadEvalLoop(editor: StandardEditor.make { session.complete($0) }).run(session)
        if session.practice != nil { session.leavePractice() }
    }
}
