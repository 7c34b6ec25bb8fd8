/// An `istruc` whose `iend` is still to come.
struct OpenInstance {
    /// Of the structure.
    var name: Token
    /// Of the word `istruc`.
    var position: SourcePosition
    /// Label where it begins.
    var start: Int
}

/// `istruc NAME`, `at FIELD, db ...`, `iend`: a structure's bytes, zeros where no field is named.
extension SourceParser {
    func beginInstance(_ word: Token, _ cursor: inout TokenCursor) throws(Problem) {
        guard let name = cursor.next(), name.kind == .identifier else {
            throw Problem("`istruc` needs a structure's name", at: cursor.position)
        }
        guard instance == nil else { throw Problem("`istruc` inside `istruc`", at: word.position) }
        instancesMade += 1
        var label = name
        label.text = "..@istruc\(instancesMade)"
        let start = try define(label, as: .label, opensScope: false)
        statements.append(Statement(kind: .label(start), position: word.position))
        instance = OpenInstance(name: name, position: word.position, start: start)
    }

    /// Zeros up to a field; what follows the comma is a statement of its own.
    func parseAt(_ word: Token, _ cursor: inout TokenCursor) throws(Problem) {
        guard let open = instance else { throw Problem("`at` stands between `istruc` and `iend`", at: word.position) }
        guard var field = cursor.peek, field.kind == .identifier else {
            throw Problem("`at` needs a field's name", at: cursor.position)
        }
        cursor.advance()
        if field.text.hasPrefix(".") { field.text = open.name.text + field.text }
        var code = ExpressionCode(position: field.position)
        code.append(try step(for: field), at: field.position)
        code.append(try step(for: open.name), at: field.position)
        code.append(.binary(.subtract), at: field.position)
        fill(upTo: code, of: open)
        if cursor.skip(",") { try parseStatement(&cursor) }
    }

    func endInstance(_ word: Token) throws(Problem) {
        guard let open = instance else { throw Problem("`iend` without `istruc`", at: word.position) }
        instance = nil
        var size = open.name
        size.text += "_size"
        size.position = word.position
        var code = ExpressionCode(position: word.position)
        code.append(try step(for: size), at: word.position)
        fill(upTo: code, of: open)
    }

    /// Reports the `istruc` that the end of the source leaves open.
    func reportOpenInstance() {
        guard let open = instance else { return }
        map.report(Problem("`istruc \(open.name.text)` has no `iend`", at: open.position))
    }

    private func fill(upTo offset: ExpressionCode, of open: OpenInstance) {
        var code = offset
        for step in [.here, .symbol(open.start), .binary(.subtract), .binary(.subtract)] as [ExpressionCode.Step] {
            code.append(step, at: offset.position)
        }
        statements.append(Statement(kind: .gap(code), position: offset.position))
    }
}

extension ExpressionCode {
    fileprivate mutating func append(_ step: Step, at position: SourcePosition) {
        steps.append(step)
        positions.append(position)
    }
}
