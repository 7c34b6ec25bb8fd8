import Spelling
import X86

/// A program with a learner's instructions in the middle.
struct AnswerProgram {
    /// One instruction, and where it begins in the learner's line, counted in characters from 1.
    struct Piece: Hashable {
        let text: String
        let column: Int
    }

    let pieces: [Piece]
    let source: String
    /// Lines before the learner's first one.
    private let linesBefore: Int
    private let linesOfBefore: Int

    /// - Parameters:
    ///   - before: assembly in front of the answer.
    ///   - answer: instructions with semicolons between them.
    ///   - after: assembly behind it.
    init(before: String, answer: String, after: String) {
        pieces = Self.pieces(of: answer)
        let head =
            before.isEmpty ? [] : before.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        linesOfBefore = head.count
        linesBefore = head.count + 1
        source =
            (head + ["program@answer:"] + pieces.map(\.text) + ["program@after:", after]).joined(separator: "\n") + "\n"
    }

    /// What stands between semicolons outside quotes, without blanks around it.
    private static func pieces(of line: String) -> [Piece] {
        var quote: Character?
        let parts = line.split(omittingEmptySubsequences: false) { character in
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            }
            return character == ";" && quote == nil
        }
        return parts.compactMap { part in
            let body = part.drop(while: \.isWhitespace)
            let column = line.distance(from: line.startIndex, to: body.startIndex) + 1
            return body.isEmpty ? nil : Piece(text: body.trimmed, column: column)
        }
    }

    /// Where a finding of the assembler belongs.
    enum Place {
        /// A column of the learner's line.
        case answer(column: Int)
        case before(line: Int)
        case after(line: Int)
    }

    func place(of found: AssemblerDiagnostic) -> Place {
        if found.line <= linesOfBefore { return .before(line: found.line) }
        let index = found.line - linesBefore - 1
        if pieces.indices.contains(index) { return .answer(column: pieces[index].column + max(0, found.column - 1)) }
        return .after(line: max(1, index - pieces.count))
    }
}
