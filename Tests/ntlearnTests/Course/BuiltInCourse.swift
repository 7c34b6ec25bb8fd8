import LessonEngine
import Lessons

@testable import ntlearn

/// The course of this repository, loaded once.
enum BuiltInCourse {
    static let loaded = CourseLoader(registry: .withMachines(Learner.machines)).load(directory: Learner.contentFolder)
    static let lessons = loaded.course?.lessons ?? []
    static let lessonIDs = lessons.map(\.id)
}

extension Lesson {
    /// Its quizzes and challenges.
    var quizzes: [QuizBlock] { blocks.compactMap { $0 as? QuizBlock } }
    var predictions: [PredictQuestion] { blocks.compactMap { $0 as? TraceBlock }.flatMap(\.predictions) }
    /// The kinds of its questions, by the names of their types.
    var kinds: Set<String> { Set(quizzes.map { "\(type(of: $0.question))" }) }
}
