import X86

/// The layout of one structure.
public struct StructureType: Hashable, Sendable {
    /// A field of it.
    public struct Field: Hashable, Sendable {
        /// Name.
        public let name: String
        /// In bytes from the structure's start.
        public let offset: Int
        /// In bytes; 0 for a mere mark.
        public let size: Int
        /// From the source's comment, or what its size suggests.
        public let type: FieldType
    }

    /// Name as WinDbg has it, with the underscore: `_KTRAP_FRAME`.
    public let name: String
    /// In bytes.
    public let size: Int
    /// In the order of the source.
    public let fields: [Field]

    /// The layout that a `struc` defines. A field's type is the one that its comment begins with.
    public init(_ structure: Assembly.Structure) {
        name = Self.typeName(structure.name)
        size = structure.size
        fields = structure.fields.map { field in
            let type = field.comment.flatMap { FieldType($0) } ?? Self.type(ofSize: field.size)
            return Field(name: field.name, offset: field.offset, size: field.size, type: type)
        }
    }

    static func typeName(_ name: String) -> String { name.hasPrefix("_") ? name : "_" + name }

    private static func type(ofSize size: Int) -> FieldType {
        switch size {
        case 1, 2, 4, 8: .unsigned(bytes: size)
        default: .array(count: size, of: .unsigned(bytes: 1))
        }
    }
}

/// The structures of a machine.
public struct TypeTable: Sendable {
    /// In the order of the source.
    public let types: [StructureType]
    private let indices: [String: Int]

    /// A table of layouts.
    public init(_ types: [StructureType]) {
        self.types = types
        indices = Dictionary(
            types.enumerated().map { ($0.element.name.lowercased(), $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The structures of an assembly.
    public init(_ assembly: Assembly) { self.init(assembly.structures.map(StructureType.init)) }

    /// The structure of that name, in any case, with or without module and underscore: `nt!_KTHREAD`, `kthread`.
    public func type(named name: String) -> StructureType? {
        indices[StructureType.typeName(Self.withoutModule(name)).lowercased()].map { types[$0] }
    }

    /// The structures whose names match a pattern: `_K*`, `nt!_KTRAP*`, `*`.
    public func types(matching pattern: String) -> [StructureType] {
        let pattern = WildcardPattern(Self.withoutModule(pattern))
        return types.filter { pattern.matches($0.name) || pattern.matches($0.name.dropFirst()) }
    }

    private static func withoutModule(_ name: String) -> String {
        name.firstIndex(of: "!").map { String(name[name.index(after: $0)...]) } ?? name
    }
}
