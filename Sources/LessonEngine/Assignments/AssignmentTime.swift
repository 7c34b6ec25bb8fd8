import Foundation

/// Moments in assignments and receipts: UTC, ISO 8601, to the millisecond.
public enum AssignmentTime {
    /// `2026-11-22T21:41:07.123Z`
    public static func text(_ time: Date) -> String { time.formatted(precise) }

    /// `2026-11-22 21:41 UTC`, for people.
    public static func shown(_ time: Date) -> String {
        let text = time.formatted(.iso8601)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// Reads what ``text(_:)`` writes, also with another offset or without a fraction.
    public static func time(_ text: some StringProtocol) -> Date? {
        let text = String(text)
        guard text.utf8.count <= 40 else { return nil }
        return (try? Date(text, strategy: precise)) ?? (try? Date(text, strategy: .iso8601))
    }

    /// A moment, or the last second of a day that is given alone.
    public static func deadline(_ text: String) -> Date? {
        let isDay = text.utf8.count == 10 && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (48...57).contains($0) }
        return time(isDay ? text + "T23:59:59Z" : text)
    }

    private static let precise = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
