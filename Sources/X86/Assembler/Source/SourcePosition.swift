import Spelling

/// Where a token stands, small enough to travel with each of them.
struct SourcePosition: Hashable {
    /// Index into `SourceMap.files`.
    var file: Int32
    /// 1-based.
    var line: Int32
    /// 1-based, in characters.
    var column: Int32
    /// Index into `SourceMap.expansions`; 0 for a token that stands in the source itself.
    var expansion: Int32 = 0
}

/// Something wrong at a position, on its way to the diagnostics.
struct Problem: Error {
    var position: SourcePosition
    var message: String
    var note: String?

    init(_ message: String, at position: SourcePosition, note: String? = nil) {
        self.position = position
        self.message = message
        self.note = note
    }
}

/// Thrown to stop at once when a limit is reached; the diagnostic is already in the map.
struct Stop: Error {}

/// The files of one run, the macro bodies that tokens came from, and what was found wrong.
final class SourceMap {
    /// A token of a macro's body: which macro, and where in its body.
    struct Expansion {
        var macro: String
        var position: SourcePosition
    }

    private(set) var files: [String] = []
    private var texts: [SourceText] = []
    private(set) var expansions: [Expansion]
    private var problems: [Problem] = []
    private var seen: Set<AssemblerDiagnostic> = []
    /// Beyond this many, more diagnostics help nobody.
    private static let limit = 200
    /// Searching for similar names is slow; a source with more slips than this has other troubles.
    private var suggestionsLeft = 20

    init() {
        expansions = [Expansion(macro: "", position: SourcePosition(file: 0, line: 0, column: 0))]
    }

    var hasProblems: Bool { !problems.isEmpty }

    /// Reading on would only find more of what is reported already.
    var isFull: Bool { problems.count >= Self.limit }

    /// "did you mean", if one of `names` is near to `word`.
    func suggestion(for word: String, among names: () -> [String]) -> String? {
        guard suggestionsLeft > 0 else { return nil }
        suggestionsLeft -= 1
        return didYouMean(word, among: names()).map { "did you mean `\($0)`?" }
    }

    func addFile(_ name: String, text: String) -> Int32 {
        files.append(name)
        texts.append(SourceText(text))
        return Int32(files.count - 1)
    }

    /// The comment at the end of the line that a position stands in; nil if there is none or it is empty.
    func comment(at position: SourcePosition) -> String? {
        let file = Int(position.file)
        return texts.indices.contains(file) ? texts[file].comment(onLine: Int(position.line)) : nil
    }

    func addExpansion(of macro: String, at position: SourcePosition) -> Int32 {
        expansions.append(Expansion(macro: macro, position: position))
        return Int32(expansions.count - 1)
    }

    func report(_ problem: Problem) {
        guard problems.count < Self.limit, seen.insert(diagnostic(for: problem)).inserted else { return }
        problems.append(problem)
    }

    func fileName(_ position: SourcePosition) -> String {
        files.indices.contains(Int(position.file)) ? files[Int(position.file)] : ""
    }

    /// The diagnostics so far, in source order: by file as first read, then by line and column.
    func failure() -> AssemblerFailure {
        let sorted = problems.sorted {
            ($0.position.file, $0.position.line, $0.position.column)
                < ($1.position.file, $1.position.line, $1.position.column)
        }
        return AssemblerFailure(diagnostics: sorted.map(diagnostic(for:)))
    }

    private func diagnostic(for problem: Problem) -> AssemblerDiagnostic {
        let position = problem.position
        let notes = [problem.note, expansionNote(position)].compactMap { $0 }
        return AssemblerDiagnostic(
            file: fileName(position), line: Int(position.line), column: Int(position.column),
            message: problem.message, note: notes.isEmpty ? nil : notes.joined(separator: "; "))
    }

    private func expansionNote(_ position: SourcePosition) -> String? {
        guard position.expansion > 0, expansions.indices.contains(Int(position.expansion)) else { return nil }
        let expansion = expansions[Int(position.expansion)]
        let place = expansion.position
        return "in the expansion of macro `\(expansion.macro)` at \(fileName(place)):\(place.line):\(place.column)"
    }
}
