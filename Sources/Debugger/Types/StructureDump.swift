/// A structure as WinDbg's `dt` prints it, with or without the values at an address.
///
///     +0x068 Eip              : 0x77f5c0ad
public struct StructureDump {
    private let types: TypeTable
    /// How many levels of structures inside structures are opened.
    private let depth: Int

    /// - Parameters:
    ///   - types: where the structures inside structures are looked up.
    ///   - depth: how many levels of them to open; 0 names them only.
    public init(types: TypeTable, depth: Int = 0) {
        self.types = types
        self.depth = max(0, min(depth, 8))
    }

    /// The layout: a line for each field, its type behind the colon.
    /// - Parameter pattern: only the fields whose names match.
    public func lines(of type: StructureType, fields pattern: String? = nil) -> [String] {
        lines(of: type, pattern, depth: depth) { field in field.type.text }
    }

    /// The values: a line for each field, what memory holds behind the colon.
    /// - Parameters:
    ///   - address: of the structure.
    ///   - context: the machine.
    ///   - pattern: only the fields whose names match.
    public func lines(
        of type: StructureType, at address: UInt64, in context: some EvaluationContext, fields pattern: String? = nil
    ) -> [String] {
        values(of: type, at: address, in: context, pattern, depth: depth)
    }

    private func lines(
        of type: StructureType, _ pattern: String?, depth: Int, _ text: (StructureType.Field) -> String
    ) -> [String] {
        selected(type, pattern).flatMap { field in
            let inner = nested(field.type, depth).map { lines(of: $0, nil, depth: depth - 1, text) } ?? []
            return [Self.line(field, text(field))] + inner.map { "   " + $0 }
        }
    }

    private func values(
        of type: StructureType, at address: UInt64, in context: some EvaluationContext, _ pattern: String?, depth: Int
    ) -> [String] {
        selected(type, pattern).flatMap { field in
            let place = address &+ UInt64(bitPattern: Int64(field.offset))
            let inner = nested(field.type, depth).map {
                values(of: $0, at: place, in: context, nil, depth: depth - 1)
            }
            return [Self.line(field, FieldValue(field, at: place).text(in: context))]
                + (inner ?? []).map { "   " + $0 }
        }
    }

    private func selected(_ type: StructureType, _ pattern: String?) -> [StructureType.Field] {
        guard let pattern else { return type.fields }
        let names = WildcardPattern(pattern)
        return type.fields.filter { names.matches($0.name) }
    }

    private func nested(_ type: FieldType, _ depth: Int) -> StructureType? {
        guard depth > 0, case .structure(let name) = type else { return nil }
        return types.type(named: name)
    }

    private static func line(_ field: StructureType.Field, _ text: String) -> String {
        let digits = String(field.offset.magnitude, radix: 16)
        let offset =
            (field.offset < 0 ? "-0x" : "+0x") + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        let name = field.name + String(repeating: " ", count: max(0, 16 - field.name.count))
        return "   \(offset) \(name) : \(text)"
    }
}
