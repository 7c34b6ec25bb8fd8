import Foundation
import Testing

@testable import ntlearn

/// The guest machines of this repository, as a course that has nothing else.
enum GuestContent {
    static let machines = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../content/machines").standardizedFileURL.path

    /// A folder that holds them.
    static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("course.yaml", "format: 1\nid: guests\ntitle: Guests\nlessons: []\n")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/machines", withDestinationPath: machines)
        return folder
    }

    /// Runs the program on them.
    static func run(_ arguments: [String]) throws -> ProgramResult {
        let folder = try folder()
        return try runNtlearn(arguments: arguments, environment: ["NTLEARN_CONTENT": folder.path], home: folder)
    }

    static func run(_ arguments: String...) throws -> ProgramResult { try run(arguments) }
}

/// A line of JSON that the program wrote, by the names of its members.
struct JSONObject {
    let members: [String: Any]

    init(_ line: some StringProtocol) throws {
        let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
        members = try #require(value as? [String: Any], "no JSON object: \(line.prefix(100))")
    }

    /// One object for each line of output.
    static func lines(_ text: String) throws -> [JSONObject] { try text.split(separator: "\n").map(JSONObject.init) }

    subscript(text key: String) -> String? { members[key] as? String }
    subscript(number key: String) -> Int? { members[key] as? Int }
    subscript(object key: String) -> [String: Any]? { members[key] as? [String: Any] }
    subscript(objects key: String) -> [[String: Any]]? { members[key] as? [[String: Any]] }

    /// A register of `regs`.
    func register(_ name: String) -> String? { self[object: "regs"]?[name] as? String }
}
