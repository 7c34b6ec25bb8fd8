import Foundation

/// How much of the computer's memory this program holds.
enum ResidentMemory {
    /// Bytes, or `nil` where the system does not say (only Linux is asked).
    static var bytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) }
    }
}
