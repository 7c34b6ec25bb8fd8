/// Finds what only running a lesson can tell: keys that are not accepted, expressions that do not evaluate.
public struct LessonChecker: Sendable {
    /// A checker; it keeps nothing from one lesson to the next.
    public init() {}

    /// The problems of all lessons, in order of place.
    public func check(_ course: Course) -> [Diagnostic] { course.lessons.flatMap(check).tidied() }

    /// The problems of one lesson, in order of place.
    public func check(_ lesson: Lesson) -> [Diagnostic] {
        let blocks = lesson.blocks.flatMap { $0.check() }
        let live = lesson.liveExpressions.compactMap { problem(with: $0, in: lesson) }
        return (blocks + live).tidied()
    }

    private func problem(with live: LiveExpression, in lesson: Lesson) -> Diagnostic? {
        guard let block = lesson.liveBlock(for: live) else { return noPoint(for: live, in: lesson) }
        do {
            _ = try block.value(of: live.expression)
            return nil
        } catch {
            return .error(
                .liveFails, at: live.location, "`\(live.expression)` cannot be evaluated at `\(block.id)`: \(error)")
        }
    }

    private func noPoint(for live: LiveExpression, in lesson: Lesson) -> Diagnostic {
        let points = lesson.blocks.compactMap { ($0 as? any LiveBlock)?.id }
        guard let id = live.blockID else {
            return .error(
                .noLivePoint, at: live.location, "no block of this lesson can give the value of `\(live.expression)`",
                note: "add a block with a machine, for example a trace")
        }
        let near = didYouMean(id, among: points)
        let known = points.isEmpty ? nil : "the blocks that can are \(points.joined(separator: ", "))"
        return .error(
            .noLivePoint, at: live.location, "no block `\(id)` of this lesson can give a value",
            note: near.map { "did you mean `\($0)`?" } ?? known)
    }
}
