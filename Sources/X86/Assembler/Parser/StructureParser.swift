/// A `struc` whose `endstruc` is still to come.
struct OpenStructure {
    struct Field {
        var name: String
        var offset: Int64
        /// From the reservation at the label, or the first one behind it; nil until then.
        var size: Int64?
        var comment: String?
    }

    var name: String
    /// Of the word `struc`.
    var position: SourcePosition
    var start: Int64 = 0
    /// Where the next field begins.
    var offset: Int64 = 0
    var fields: [Field] = []
    /// Something stood in it that cannot; more of the kind most likely lacks an `endstruc`, and is not reported.
    var hasStrays = false
    /// Fields that have their size.
    private var sized = 0

    init(name: String, position: SourcePosition) {
        self.name = name
        self.position = position
    }

    /// NASM reserves whatever one likes; beyond 4 GiB no offset fits an address.
    static let limit: Int64 = 1 << 32

    /// Gives every label since the last reservation its size.
    mutating func setSizes(to size: Int64) {
        for index in sized..<fields.count { fields[index].size = size }
        sized = fields.count
    }
}

/// `struc NAME [, offset]` to `endstruc`: labels become offsets, `NAME_size` the size.
///
/// Everything in between is a number as soon as it is read, so that `%if` may test it and no pass need follow it.
extension SourceParser {
    func beginStructure(_ word: Token, _ cursor: inout TokenCursor) throws(Problem) {
        guard let name = cursor.next(), name.kind == .identifier, !name.text.hasPrefix(".") else {
            throw Problem("`struc` needs the structure's name", at: cursor.position)
        }
        // Open even if the rest is wrong: the lines that follow still belong to a structure.
        structure = OpenStructure(name: name.text, position: word.position)
        let start = try firstOffset(&cursor)
        structure?.start = start
        structure?.offset = start
        structure?.name = try defineNumber(name, start)
    }

    private func firstOffset(_ cursor: inout TokenCursor) throws(Problem) -> Int64 {
        guard cursor.skip(",") else {
            try cursor.expectEnd()
            return 0
        }
        let position = cursor.position
        let start = try known(try expression(&cursor), "the first offset")
        guard (-OpenStructure.limit...OpenStructure.limit).contains(start) else {
            throw Problem("the first offset is too large: \(start)", at: position)
        }
        try cursor.expectEnd()
        return start
    }

    /// One line of a structure, its label already read.
    func parseStructureLine(_ cursor: inout TokenCursor) throws(Problem) {
        guard let word = cursor.next() else { return }
        guard word.kind == .identifier, let keyword = Keyword.named(word.text.lowercased()) else {
            throw unknownInstruction(word, next: cursor.peek)
        }
        switch keyword {
        case .reserve(let unit): try reserve(unit, times: 1, word, &cursor)
        case .times:
            let count = try known(try expression(&cursor), "the count of `times`")
            guard let repeated = cursor.next(), case .reserve(let unit)? = Keyword.named(repeated.text.lowercased())
            else { return try refuse(word, &cursor) }
            try reserve(unit, times: count, repeated, &cursor)
        case .directive("alignb"): try alignStructure(&cursor)
        case .directive("endstruc"): try endStructure()
        case .directive("struc"):
            throw Problem(
                "`struc` inside structure `\(structure?.name ?? "")`", at: word.position,
                note: "close that one with `endstruc`; a field that is a structure is `.field: resb NAME_size`")
        default: try refuse(word, &cursor)
        }
    }

    private func refuse(_ word: Token, _ cursor: inout TokenCursor) throws(Problem) {
        cursor.skipRest()
        guard let open = structure, !open.hasStrays else { return }
        structure?.hasStrays = true
        throw Problem(
            "\(word.quoted) cannot stand in structure `\(open.name)`", at: word.position,
            note: "only labels, `resb` to `resq`, `times`, `alignb` and `equ` may, until `endstruc`")
    }

    // MARK: Fields

    func defineField(_ label: Token) throws(Problem) {
        guard let open = structure else { return }
        let name = try defineNumber(label, open.offset)
        let prefix = open.name + "."
        structure?.fields.append(
            OpenStructure.Field(
                name: name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name, offset: open.offset,
                comment: map.comment(at: label.position)))
    }

    private func reserve(_ unit: Int, times: Int64, _ word: Token, _ cursor: inout TokenCursor) throws(Problem) {
        let count = try known(try expression(&cursor), "the number of units")
        let (units, overflow) = count.multipliedReportingOverflow(by: times)
        guard times >= 0, count >= 0 else { throw Problem("the number of units is negative", at: word.position) }
        guard !overflow, units <= OpenStructure.limit else {
            throw Problem("the number of units is too large", at: word.position)
        }
        let size = units * Int64(unit)
        structure?.setSizes(to: size)
        try grow(by: size, at: word.position)
    }

    private func alignStructure(_ cursor: inout TokenCursor) throws(Problem) {
        let position = cursor.position
        let boundary = try known(try expression(&cursor), "the alignment")
        guard boundary > 0, boundary & (boundary - 1) == 0 else {
            throw Problem("the alignment must be a power of two, not \(boundary)", at: position)
        }
        try grow(by: -(structure?.offset ?? 0) & (boundary - 1), at: position)
    }

    private func grow(by size: Int64, at position: SourcePosition) throws(Problem) {
        guard let open = structure else { return }
        guard open.offset + size <= OpenStructure.limit else {
            throw Problem("structure `\(open.name)` would be larger than 4 GiB", at: position)
        }
        structure?.offset += size
    }

    // MARK: The end

    private func endStructure() throws(Problem) {
        guard let open = structure else { return }
        structure = nil
        let size = Token(kind: .identifier, spaceBefore: true, text: open.name + "_size", position: open.position)
        try defineNumber(size, open.offset - open.start, opensScope: false)
        structures.append(
            Assembly.Structure(
                name: open.name, size: Int(open.offset - open.start), file: map.fileName(open.position),
                line: Int(open.position.line),
                fields: open.fields.map { field in
                    Assembly.Structure.Field(
                        name: field.name, offset: Int(field.offset), size: Int(field.size ?? 0),
                        comment: field.comment)
                }))
    }

    /// Reports the `struc` that the end of the source leaves open.
    func reportOpenStructure() {
        guard let open = structure else { return }
        map.report(Problem("structure `\(open.name)` has no `endstruc`", at: open.position))
    }

    /// Defines a name whose number is known now; returns its full name.
    @discardableResult
    private func defineNumber(_ label: Token, _ value: Int64, opensScope: Bool = true) throws(Problem) -> String {
        let index = try define(label, as: .equ, opensScope: opensScope)
        let code = ExpressionCode(steps: [.number(value)], positions: [label.position], position: label.position)
        addEqu(index, code, at: label.position)
        return symbols.entries[index].name
    }

    /// The value of an expression that must be a number here and now.
    private func known(_ code: ExpressionCode, _ what: String) throws(Problem) -> Int64 {
        guard let value = try knownValue(code) else {
            throw Problem(
                "\(what) must be known here", at: code.position,
                note: "only numbers, `$` and constants of earlier lines may stand in a structure")
        }
        return value
    }
}
