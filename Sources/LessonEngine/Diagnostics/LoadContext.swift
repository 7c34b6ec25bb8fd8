/// What the parts of one file's loading share: its text, the known kinds, and the problems found so far.
///
/// Lives as long as one call of a loader and never leaves it.
final class LoadContext {
    let source: SourceText
    let registry: Registry
    private(set) var diagnostics: [Diagnostic]
    /// Links to places in the course, as they are written.
    private(set) var links: [Located<String>] = []

    /// A lesson with more links than anyone follows is made to waste time.
    private static let mostLinks = 2_000

    init(_ file: String, _ text: String, _ registry: Registry) {
        var found: [Diagnostic] = []
        source = SourceText(file: file, text: text) { found.append($0) }
        diagnostics = found
        self.registry = registry
    }

    /// A text that was read before, to read a part of it again in another way.
    init(rereading source: SourceText, _ registry: Registry) {
        self.source = source
        diagnostics = []
        self.registry = registry
    }

    func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    func note(link: Located<String>) {
        if links.count < Self.mostLinks { links.append(link) }
    }

    func reportUnclosedFence(at place: SourceLocation) {
        report(
            .error(
                .unclosedFence, at: place, "this fenced block is never closed",
                note: "end it with a line that holds as many back-ticks as the line that opens it"))
    }
}

extension [Diagnostic] {
    /// More than this many problems of one file help nobody, and hostile files can have millions.
    static let mostPerFile = 200

    /// In order of place, each once, and no more of one file than anyone reads.
    func tidied() -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        var perFile: [String: Int] = [:]
        return sorted().filter { diagnostic in
            guard seen.insert(diagnostic).inserted else { return false }
            perFile[diagnostic.location.file, default: 0] += 1
            return perFile[diagnostic.location.file, default: 0] <= Self.mostPerFile
        }
    }
}
