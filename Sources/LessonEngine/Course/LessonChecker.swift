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
    public func check(_ course: Course) -> [Diagnostic] {
        (course.lessons + [course.card].compactMap(\.self)).flatMap(check).tidied()
    }

    /// The problems of one lesson, in order of place. What comes after the end of ``TimeLimit/current`` is not checked.
    public func check(_ lesson: Lesson) -> [Diagnostic] {
        var run = TimedRun()
        var varied: [LiveExpression] = []
        for block in lesson.blocks {
            run.add(at: block.location) {
                let found = check(block)
                varied += found.expressions
                return found.diagnostics
            }
        }
        checkExpressions(lesson.liveExpressions + varied, of: lesson, &run)
        return run.diagnostics.tidied()
    }

    /// What is wrong with a block, and the `{{ … }}` that only other members of its family have.
    private func check(_ block: any Block) -> (diagnostics: [Diagnostic], expressions: [LiveExpression]) {
        guard let quiz = block as? QuizBlock, let family = quiz.family, family.varies else {
            return (block.check(), [])
        }
        return FamilyCheck(block: quiz, family: family).run(seeds: seeds)
    }

    // MARK: Live values

    private func checkExpressions(_ all: [LiveExpression], of lesson: Lesson, _ run: inout TimedRun) {
        let expressions = all.prefix(Self.mostExpressions)
        let points = lesson.liveBlocks
        var byPoint: [String: [LiveExpression]] = [:]
        for live in expressions {
            if let point = lesson.livePoint(for: live, among: points) {
                byPoint[point.id, default: []].append(live)
            } else {
                run.add(at: live.location) { missingPoint(of: live, in: lesson, points) }
            }
        }
        for point in points {
            guard let wanted = byPoint[point.id] else { continue }
            run.add(at: point.location) { Self.failures(of: wanted, at: point) }
        }
        if all.count > expressions.count {
            run.add(at: all[expressions.count].location) {
                [
                    .error(
                        .tooLong, at: all[expressions.count].location,
                        "a lesson can have at most \(Self.mostExpressions) live values")
                ]
            }
        }
    }

    private static func failures(of wanted: [LiveExpression], at point: any LiveBlock) -> [Diagnostic] {
        zip(wanted, point.values(of: wanted.map(\.expression))).compactMap { live, value in
            guard case .failure(let error) = value else { return nil }
            return .error(
                .liveFails, at: live.location, "`\(live.expression)` cannot be evaluated at `\(point.id)`: \(error)")
        }
    }

    private func missingPoint(
        of live: LiveExpression, in lesson: Lesson, _ points: [any LiveBlock]
    ) -> [Diagnostic] {
        // The block is reported as broken already; its absence is no second mistake.
        let isExcused = live.blockID.map(lesson.brokenBlocks.contains) ?? !lesson.brokenBlocks.isEmpty
        return isExcused ? [] : [noPoint(for: live, points.map(\.id))]
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
