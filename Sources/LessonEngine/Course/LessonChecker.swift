import Spelling

/// Finds what only running a lesson can tell: keys that are not accepted, expressions that do not evaluate.
public struct LessonChecker: Sendable {
    /// Each expression may take a while; more of them are no lesson.
    private static let mostExpressions = 2_000

    /// How many members of each family of questions to try, when nobody says.
    public static let usualSeeds = 10

    /// How many members of each family of questions are answered with their own key.
    public let seeds: Int

    /// A checker; it keeps nothing from one lesson to the next.
    public init(seeds: Int = usualSeeds) { self.seeds = seeds }

    /// The problems of all lessons, in order of place.
    public func check(_ course: Course) -> [Diagnostic] { course.lessons.flatMap(check).tidied() }

    /// The problems of one lesson, in order of place.
    public func check(_ lesson: Lesson) -> [Diagnostic] {
        let blocks = lesson.blocks.flatMap(check)
        let points = lesson.liveBlocks
        let expressions = lesson.liveExpressions + lesson.blocks.flatMap(variedExpressions)
        var live = expressions.prefix(Self.mostExpressions).compactMap { problem(with: $0, in: lesson, points) }
        if expressions.count > Self.mostExpressions {
            live.append(
                .error(
                    .tooLong, at: expressions[Self.mostExpressions].location,
                    "a lesson can have at most \(Self.mostExpressions) live values"))
        }
        return (blocks + live).tidied()
    }

    private func check(_ block: any Block) -> [Diagnostic] {
        guard let quiz = block as? QuizBlock, let family = quiz.family, family.varies else { return block.check() }
        return FamilyCheck(block: quiz, family: family).diagnostics(seeds: seeds)
    }

    /// The `{{ … }}` that only other members of a family have.
    private func variedExpressions(_ block: any Block) -> [LiveExpression] {
        guard let quiz = block as? QuizBlock, let family = quiz.family, family.varies else { return [] }
        let all = (0..<UInt64(max(1, seeds))).compactMap { family.make($0).question }.flatMap(\.liveExpressions)
        return Array(Set(all).subtracting(quiz.liveExpressions)).sorted { $0.location < $1.location }
    }

    private func problem(with live: LiveExpression, in lesson: Lesson, _ points: [any LiveBlock]) -> Diagnostic? {
        guard let block = lesson.livePoint(for: live, among: points) else {
            // The block is reported as broken already; its absence is no second mistake.
            let isExcused = live.blockID.map(lesson.brokenBlocks.contains) ?? !lesson.brokenBlocks.isEmpty
            return isExcused ? nil : noPoint(for: live, points.map(\.id))
        }
        do {
            _ = try block.value(of: live.expression)
            return nil
        } catch {
            return .error(
                .liveFails, at: live.location, "`\(live.expression)` cannot be evaluated at `\(block.id)`: \(error)")
        }
    }

    private func noPoint(for live: LiveExpression, _ points: [String]) -> Diagnostic {
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
