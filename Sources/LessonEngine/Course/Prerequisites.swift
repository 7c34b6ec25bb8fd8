import Spelling

/// Checks which lesson requires which.
struct Prerequisites {
    let lessons: [Lesson]
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

    /// Takes out lessons, again and again, that require none of the rest: what remains leads into a circle.
    private func dropFree(_ open: inout [String: Lesson]) {
        while true {
            let free = open.values.filter { lesson in lesson.requires.allSatisfy { open[$0.value] == nil } }
            if free.isEmpty { return }
            for lesson in free { open[lesson.id] = nil }
        }
    }

    /// The circle that the first open prerequisites lead into from `start`.
    private static func cycle(from start: Lesson, in open: [String: Lesson]) -> [Lesson] {
        var path: [Lesson] = []
        var next: Lesson? = start
        while let lesson = next {
            if let again = path.firstIndex(where: { $0.id == lesson.id }) { return Array(path[again...]) }
            path.append(lesson)
            next = lesson.requires.lazy.compactMap { open[$0.value] }.first
        }
        return path
    }
}
