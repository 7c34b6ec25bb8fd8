import LessonEngine
import Lessons

extension LearnerOptions {
    /// A session at the prompt that has no lesson open.
    func session() throws -> LearnSession {
        let courses = try courses()
        let plain = plain
        return LearnSession(
            library: Library(courses: courses), machines: machines(of: courses.map(\.directory)), store: try store(),
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
