import LessonEngine

/// The question that waits for an answer, or the last one that had one.
struct OpenQuestion {
    let question: any Question
    let entry: Library.Entry
    /// How many hints were shown.
    var hintsShown = 0
    /// False once it was answered or skipped: it can still be explained and asked again.
    var isOpen = true
}
