/// The problems of a family's members, each named once: a mistake that all have is the author's plain mistake, any
/// other one is told with the first seed that shows it.
struct FamilyProblems {
    private struct Place: Hashable {
        let code: String
        let location: SourceLocation
    }

    private let family: QuestionFamily
    private var order: [Place] = []
    private var found: [Place: (first: Diagnostic, seed: UInt64, count: Int)] = [:]
    private var ignored: Set<Place> = []
    private var tried = 0

    /// - Parameter known: problems that are not to be told again.
    init(_ family: QuestionFamily, except known: [Diagnostic] = []) {
        self.family = family
        ignored = Set(known.map(Self.place))
    }

    private static func place(_ diagnostic: Diagnostic) -> Place {
        Place(code: diagnostic.code, location: diagnostic.location)
    }

    /// Takes what is wrong with one member; call it for members that are fine, too.
    mutating func add(_ diagnostics: [Diagnostic], seed: UInt64) {
        tried += 1
        for (place, diagnostic) in Dictionary(diagnostics.map { (Self.place($0), $0) }, uniquingKeysWith: { a, _ in a })
        where !ignored.contains(place) {
            if found[place] == nil { order.append(place) }
            found[place, default: (diagnostic, seed, 0)].count += 1
        }
    }

    /// In order of place.
    var merged: [Diagnostic] {
        order.compactMap { place in
            found[place].map { $0.count == tried ? $0.first : seeded($0.first, $0.seed, others: $0.count - 1) }
        }.sorted()
    }

    /// Those that all members have.
    var shared: [Diagnostic] { found.values.filter { $0.count == tried }.map(\.first).sorted() }

    private func seeded(_ diagnostic: Diagnostic, _ seed: UInt64, others: Int) -> Diagnostic {
        let more = others == 0 ? "" : " and \(others) more of \(tried)"
        return Diagnostic(
            severity: diagnostic.severity, location: diagnostic.location, code: diagnostic.code,
            message: "\(diagnostic.message), with seed \(seed)\(more) (\(family.member(seed).description))",
            note: diagnostic.note)
    }
}
