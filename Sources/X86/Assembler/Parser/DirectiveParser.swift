/// `bits`, `org`, `section`, `struc`, `align`, `alignb`.
extension SourceParser {
    /// Runs a directive; returns the statement that it leaves for the passes, if any.
    func parseDirective(_ name: String, _ word: Token, _ cursor: inout TokenCursor) throws(Problem) -> Statement.Kind? {
        switch name {
        case "bits":
            let position = cursor.position
            guard try number(&cursor) == 32 else {
                throw Problem("only `bits 32` is supported", at: position)
            }
            return nil
        case "org":
            try setOrigin(word, &cursor)
            return nil
        case "section":
            return .section(try parseSection(word, &cursor))
        case "struc":
            try beginStructure(word, &cursor)
            return nil
        case "endstruc":
            throw Problem("`endstruc` without `struc`", at: word.position)
        case "istruc":
            try beginInstance(word, &cursor)
            return nil
        case "at":
            try parseAt(word, &cursor)
            return nil
        case "iend":
            try endInstance(word)
            return nil
        default:
            let boundary = try expression(&cursor)
            guard name == "align" else { return .align(to: boundary, fill: .reserved) }
            return .align(to: boundary, fill: .bytes(cursor.skip(",") ? try alignmentFill(&cursor) : [0x90]))
        }
    }

    private func number(_ cursor: inout TokenCursor) throws(Problem) -> Int64 {
        let constants = preprocessor.constants
        return try ConstantExpression.evaluate(&cursor) { constants[$0] }
    }

    private func setOrigin(_ word: Token, _ cursor: inout TokenCursor) throws(Problem) {
        let position = cursor.position
        let value = try number(&cursor)
        guard let address = UInt32(exactly: value) else {
            throw Problem("the origin must be an address below 2^32", at: position)
        }
        guard origin == nil else { throw Problem("the origin is already set", at: word.position) }
        origin = address
    }

    /// The filler behind `align N,`: `nop` and its like, or `db` with one number.
    private func alignmentFill(_ cursor: inout TokenCursor) throws(Problem) -> [UInt8] {
        let position = cursor.position
        if let word = cursor.next() {
            switch word.text.lowercased() {
            case "db":
                let value = try number(&cursor)
                guard (-128...255).contains(value) else { break }
                return [UInt8(truncatingIfNeeded: value)]
            case "nop": return [0x90]
            case "int3": return [0xCC]
            case "hlt": return [0xF4]
            default: break
            }
        }
        throw Problem("the filler must be `db` with one byte, `nop`, `int3` or `hlt`", at: position)
    }

    // MARK: section

    private func parseSection(_ word: Token, _ cursor: inout TokenCursor) throws(Problem) -> Int {
        guard let name = cursor.next(), name.kind == .identifier else {
            throw Problem("\(word.quoted) needs a name", at: cursor.position)
        }
        let isNew = sections.index(of: name.text) == nil
        let index = try sections.open(name.text, at: name.position)
        while let attribute = cursor.next() {
            guard attribute.kind == .identifier else {
                throw Problem("expected a section attribute, not \(attribute.quoted)", at: attribute.position)
            }
            if cursor.skip("=") {
                try setAttribute(attribute, of: index, &cursor)
            } else {
                try setType(attribute, of: index, isNew: isNew)
            }
        }
        try checkAlignment(sections[index], at: name.position)
        return index
    }

    private func checkAlignment(_ section: SectionTable.Section, at position: SourcePosition) throws(Problem) {
        func conflict(_ address: UInt64?, _ alignment: UInt64?) -> Bool {
            guard let address, let alignment else { return false }
            return address & (alignment &- 1) != 0
        }
        if conflict(section.start, section.align) {
            throw Problem("the start of section `\(section.name)` is not aligned as `align` says", at: position)
        }
        if conflict(section.virtualStart, section.virtualAlign) {
            throw Problem("the vstart of section `\(section.name)` is not aligned as `valign` says", at: position)
        }
    }

    private func setType(_ attribute: Token, of index: Int, isNew: Bool) throws(Problem) {
        let isNobits: Bool
        switch attribute.text.lowercased() {
        case "progbits": isNobits = false
        case "nobits": isNobits = true
        default:
            throw Problem(
                "unknown section attribute \(attribute.quoted)", at: attribute.position,
                note: "known are progbits, nobits, align=, start=, vstart=, follows=, vfollows=")
        }
        let section = sections[index]
        let mayChange = isNew && section.name != ".bss"
        guard mayChange || section.isNobits == isNobits else {
            throw Problem(
                "section `\(section.name)` is already \(section.isNobits ? "nobits" : "progbits")",
                at: attribute.position)
        }
        sections[index].isNobits = isNobits
    }

    private func setAttribute(_ attribute: Token, of index: Int, _ cursor: inout TokenCursor) throws(Problem) {
        switch attribute.text.lowercased() {
        case "align": try setAlignment(\.align, attribute, of: index, &cursor)
        case "valign": try setAlignment(\.virtualAlign, attribute, of: index, &cursor)
        case "start": try set(\.start, to: try attributeValue(&cursor), attribute, of: index)
        case "vstart": try set(\.virtualStart, to: try attributeValue(&cursor), attribute, of: index)
        case "follows": try set(\.follows, to: try sectionName(&cursor), attribute, of: index)
        case "vfollows": try set(\.virtualFollows, to: try sectionName(&cursor), attribute, of: index)
        default: throw Problem("unknown section attribute `\(attribute.text)=`", at: attribute.position)
        }
    }

    private func setAlignment(
        _ path: WritableKeyPath<SectionTable.Section, UInt64?>, _ attribute: Token, of index: Int,
        _ cursor: inout TokenCursor
    ) throws(Problem) {
        let position = cursor.position
        let value = try attributeValue(&cursor)
        guard value > 0, value & (value - 1) == 0 else {
            throw Problem("an alignment must be a power of two, not \(value)", at: position)
        }
        guard sections[index][keyPath: path].map({ $0 >= value }) ?? true else {
            throw Problem(
                "`\(attribute.text)` of section `\(sections[index].name)` is already smaller", at: attribute.position)
        }
        sections[index][keyPath: path] = sections[index][keyPath: path] ?? value
    }

    private func set<Value: Equatable>(
        _ path: WritableKeyPath<SectionTable.Section, Value?>, to value: Value, _ attribute: Token, of index: Int
    ) throws(Problem) {
        guard sections[index][keyPath: path].map({ $0 == value }) ?? true else {
            throw Problem(
                "`\(attribute.text)` of section `\(sections[index].name)` is already set", at: attribute.position)
        }
        sections[index][keyPath: path] = value
    }

    private func sectionName(_ cursor: inout TokenCursor) throws(Problem) -> String {
        guard let name = cursor.next(), name.kind == .identifier else {
            throw Problem("a section's name is missing here", at: cursor.position)
        }
        return name.text
    }

    /// The value ends at the first space outside parentheses, as in NASM.
    private func attributeValue(_ cursor: inout TokenCursor) throws(Problem) -> UInt64 {
        let position = cursor.position
        var tokens: [Token] = []
        var depth = 0
        while let token = cursor.peek, depth > 0 || tokens.isEmpty || !token.spaceBefore {
            if token.isPunctuation("(") { depth += 1 }
            if token.isPunctuation(")") { depth -= 1 }
            tokens.append(token)
            cursor.advance()
        }
        let constants = preprocessor.constants
        let value = try ConstantExpression.evaluate(tokens, after: position) { constants[$0] }
        guard let address = UInt32(exactly: value) else {
            throw Problem("this must be a number from 0 to FFFFFFFFh", at: position)
        }
        return UInt64(address)
    }
}
