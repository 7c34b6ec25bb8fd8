import Spelling

/// Checks which lesson requires which.
struct Prerequisites {
    let lessons: [LessonOutline]
    /// The file names in `course.yaml`: one of them may stand for a lesson that could not be read, whose absence is
    /// reported elsewhere.
    let listed: [String]

    func check(report: (Diagnostic) -> Void) {
        reportUnknown(report)
        reportCycles(report)
    }

    private func reportUnknown(_ report: (Diagnostic) -> Void) {
        let ids = lessons.map(\.id)
        let known = Set(ids + listed)
        for required in lessons.flatMap(\.requires) where !known.contains(required.value) {
            let near = didYouMean(required.value, among: ids)
            report(
                .error(
                    .unknownPrerequisite, at: required.location, "the course has no lesson `\(required.value)`",
                    note: near.map { "did you mean `\($0)`?" }))
        }
    }

    /// Reports each circle once, at the first of its lessons.
    private func reportCycles(_ report: (Diagnostic) -> Void) {
        var open = Dictionary(lessons.map { ($0.id, $0) }) { first, _ in first }
        dropFree(&open)
        while let start = lessons.first(where: { open[$0.id] != nil }) {
            let cycle = Self.cycle(from: start, in: open)
            if let first = cycle.first, let next = cycle.dropFirst().first ?? cycle.first,
                let place = first.requires.first(where: { $0.value == next.id })?.location
            {
                let circle = (cycle + [first]).map(\.id).joined(separator: " → ")
                report(.error(.prerequisiteCycle, at: place, "the lessons require each other in a circle: \(circle)"))
            }
            for lesson in cycle { open[lesson.id] = nil }
            dropFree(&open)
        }
    }

    /// Takes out lessons that require none of the rest, and then those that only waited for them: what remains leads
    /// into a circle. Each requirement is looked at once, for a course may be one long chain.
    private func dropFree(_ open: inout [String: LessonOutline]) {
        var waiting: [String: Int] = [:]
        var dependants: [String: [String]] = [:]
        var free: [String] = []
        for lesson in open.values {
            let unmet = Set(lesson.requires.map(\.value)).filter { open[$0] != nil }
            waiting[lesson.id] = unmet.count
            if unmet.isEmpty { free.append(lesson.id) }
            for required in unmet { dependants[required, default: []].append(lesson.id) }
        }
        while let id = free.popLast() {
            open[id] = nil
            for dependant in dependants[id] ?? [] {
                waiting[dependant, default: 1] -= 1
                if waiting[dependant] == 0 { free.append(dependant) }
            }
        }
    }

    /// The circle that the first open prerequisites lead into from `start`.
    private static func cycle(from start: LessonOutline, in open: [String: LessonOutline]) -> [LessonOutline] {
        var path: [LessonOutline] = []
        var next: LessonOutline? = start
        while let lesson = next {
            if let again = path.firstIndex(where: { $0.id == lesson.id }) { return Array(path[again...]) }
            path.append(lesson)
            next = lesson.requires.lazy.compactMap { open[$0.value] }.first
        }
        return path
    }
}
