import Foundation
import Spelling

/// Who answers an assignment.
public struct AssignmentLearner: Hashable, Sendable {
    /// As the learner writes it.
    public let name: String
    /// A number or mark that the instructor knows the learner by, if there is one.
    public let id: String?

    /// Longer names are none.
    private static let longest = 100

    /// Why a name cannot be used.
    public struct BadName: Error, CustomStringConvertible {
        /// What was wrong, and what would work.
        public let description: String
    }

    /// - Throws: an empty name, one of several lines or one too long.
    public init(name: String, id: String? = nil) throws(BadName) {
        self.name = try Self.checked(name, "name")
        self.id = try id.map { id throws(BadName) in try Self.checked(id, "id") }
    }

    private static func checked(_ text: String, _ what: String) throws(BadName) -> String {
        let text = text.trimmed.precomposedStringWithCanonicalMapping
        guard !text.isEmpty else { throw BadName(description: "the learner's \(what) is empty") }
        guard text.count <= longest, text.utf8.count <= 4 * longest else {
            throw BadName(description: "the learner's \(what) has more than \(longest) characters")
        }
        guard !text.unicodeScalars.contains(where: { $0.isUnsafe || $0 == "\n" || $0 == "\t" }) else {
            throw BadName(description: "the learner's \(what) holds a control character")
        }
        return text
    }

    /// What seeds are made from: case and spaces do not count, and an id counts more than a name.
    public var key: String { (id ?? name).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
