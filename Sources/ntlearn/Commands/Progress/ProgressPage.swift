import Foundation
import LessonEngine

/// The overview for people.
struct ProgressPage {
    let overview: ProgressOverview
    let layout: Layout
    var bar = Bar()
    /// How the review is begun from here: `ntlearn review`, or `review` at the prompt.
    var review = "ntlearn review"

    var lines: [StyledText] {
        overview.lines(layout) { layout.isPlain ? sentences($0) : lines($0) }
            + [""] + totals.flatMap { $0.wrapped(to: layout.measure) }
    }

    // MARK: Lines

    private func lines(_ row: ProgressOverview.Row) -> [StyledText] {
        let number = StyledText(row.isHere ? ">" : " ") + StyledText("\(row.entry.number)").padded(to: 3, .right)
        let name = StyledText("  \(row.entry.lesson.id)  ", styles: row.isHere ? [.strong] : [])
            .padded(to: overview.nameWidth + 4)
        let share = row.count.answered == 0 ? StyledText("not begun", .dim) : StyledText(right(row.count))
        let line = number + name + bar.text(row.count.correct, of: row.count.questions) + "  " + share
        let notes = notes(row)
        return [line + StyledText(notes.isEmpty ? "" : "  \(notes.joined(separator: ", "))", .strong)]
            + (row.count.answered == 0 ? [] : row.objectives.flatMap(self.lines))
    }

    private func lines(_ objective: ProgressOverview.Objective) -> [StyledText] {
        let lead =
            StyledText(spaces(6)) + bar.text(objective.count.correct, of: objective.count.questions)
            + StyledText("  \(objective.count.correct) of \(objective.count.questions)").padded(to: 11)
        let width = layout.narrowed(by: 27).measure
        return StyledText(objective.text, .dim).wrapped(to: width).prefixed(first: lead, rest: StyledText(spaces(27)))
    }

    private func right(_ count: ProgressOverview.Count) -> String { "\(count.correct) of \(count.questions) right" }

    private func notes(_ row: ProgressOverview.Row) -> [String] {
        [row.due > 0 ? "\(row.due) due" : nil, row.isRevised ? "revised since" : nil].compactMap(\.self)
    }

    // MARK: Sentences

    private func sentences(_ row: ProgressOverview.Row) -> [StyledText] {
        let count = row.count
        var parts = [count.answered == 0 ? "not begun" : "\(count.correct) of \(count.questions) questions right"]
        if row.due > 0 { parts.append("\(row.due) due for review") }
        if row.isRevised { parts.append("revised since you answered") }
        if row.isHere { parts.append("you are here") }
        let lesson = "Lesson \(row.entry.number), \(row.entry.lesson.id): \(parts.joined(separator: ", "))."
        let objectives =
            count.answered == 0
            ? []
            : row.objectives.map { objective in
                "Objective \(objective.number), \(objective.text): \(right(objective.count))."
            }
        return ([lesson] + objectives).flatMap { StyledText($0).wrapped(to: layout.measure) }
    }

    // MARK: Totals

    private var totals: [StyledText] {
        let total = overview.total
        let share = total.questions == 0 ? 0 : total.correct * 100 / total.questions
        return [
            StyledText("\(total.correct) of \(total.questions) questions right (\(share) %).", .strong),
            predictions.map { StyledText($0) }, StyledText(due),
        ].compactMap(\.self)
    }

    private var predictions: String? {
        let streak = overview.predictions
        guard streak.tried > 0 else { return nil }
        return "Predictions: \(streak.right) of \(streak.tried) right; "
            + "\(streak.current) in a row now, \(streak.best) at best."
    }

    private var due: String {
        if overview.due > 0 {
            return "\(overview.due) question\(overview.due == 1 ? " is" : "s are") due for review: \(review)"
        }
        return overview.nextDue.map { "Nothing is due for review before \(DueDate($0).text)." }
            ?? "Nothing to review yet: answer a question first."
    }
}

/// A moment to come, as people say it.
struct DueDate {
    let date: Date
    let now: Date
    let timeZone: TimeZone

    init(_ date: Date, now: Date = Date(), timeZone: TimeZone = .current) {
        self.date = date
        self.now = now
        self.timeZone = timeZone
    }

    /// `today at 18:05`, `tomorrow at 07:30`, `2026-12-24`.
    var text: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        let time = "\(Self.two(parts.hour)):\(Self.two(parts.minute))"
        let days = calendar.dateComponents(
            [.day], from: calendar.startOfDay(for: now), to: calendar.startOfDay(for: date)
        ).day
        switch days {
        case 0: return "today at \(time)"
        case 1: return "tomorrow at \(time)"
        default: return "\(parts.year ?? 0)-\(Self.two(parts.month))-\(Self.two(parts.day))"
        }
    }

    private static func two(_ number: Int?) -> String {
        let number = number ?? 0
        return number < 10 ? "0\(number)" : "\(number)"
    }
}
