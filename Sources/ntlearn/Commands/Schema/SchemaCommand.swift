import ArgumentParser
import Foundation
import Spelling

/// `ntlearn schema`: JSON Schemas for editors.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print a JSON Schema of the lesson format, for editors.",
        discussion: """
            The schemas are draft 7, which the YAML plug-ins of most editors understand. Without a kind, their names \
            are listed.

            Example: ntlearn schema quiz > quiz.schema.json
            """)

    @Argument(help: "course, lesson (its front matter), or the kind of a block, such as quiz.")
    var kind: String?

    func run() throws {
        var output = ByteOutput()
        let schemas = SchemaFile.all
        if let kind {
            guard let schema = schemas.first(where: { $0.name == kind }) else {
                let near = didYouMean(kind, among: schemas.map(\.name)).map { "did you mean \($0)?" }
                let known = "the kinds are \(schemas.map(\.name).joined(separator: ", "))"
                throw CommandFailure("there is no schema of `\(kind)`\n\(near ?? known)", status: 2)
            }
            try output.write(schema.text.utf8)
        } else {
            try output.write(schemas.map { $0.name + "\n" }.joined().utf8)
        }
        try output.flush()
    }
}
