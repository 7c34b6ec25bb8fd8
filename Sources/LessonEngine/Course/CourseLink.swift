import Foundation

/// Where a link in a lesson leads, as its author wrote it: `the-stub.md#two-worlds`.
struct CourseLink {
    /// Without the fragment; empty for a place in the same file.
    let path: String
    /// What stands behind `#`.
    let fragment: String?

    init(_ target: String) {
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let path = parts.first?.prefix { $0 != "?" } ?? ""
        self.path = String(path).removingPercentEncoding ?? String(path)
        fragment = parts.count > 1 ? parts[1].removingPercentEncoding ?? parts[1] : nil
    }

    /// Whether a target is meant as a place in the course: it has no scheme (`https:`) and no host.
    static func staysInCourse(_ target: String) -> Bool {
        if target.hasPrefix("//") { return false }
        let scheme = target.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+.-".contains($0)) }
        return scheme.count < 2 || target.dropFirst(scheme.count).first != ":"
    }

    /// The path seen from the course's folder; nil if it leads out of it.
    /// - Parameter folder: the folder of the file that has the link, seen from the course's.
    func path(from folder: [String]) -> String? {
        guard !path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
        var parts = folder
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }
}
