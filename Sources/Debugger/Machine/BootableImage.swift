import X86

/// A file that a machine can boot, with the names of its addresses.
public struct BootableImage: Sendable {
    /// How people call it: `xp`, or the file's path.
    public let name: String
    /// The file's contents: a Multiboot-1 ELF32 file.
    public let bytes: [UInt8]
    /// What to load where.
    public let layout: MultibootImage
    /// Names; empty for a file that came without any.
    public let symbols: SymbolTable
    /// Structures; empty for a file that came without any.
    public let types: TypeTable

    /// Reads a file that somebody else made.
    /// - Throws: why it cannot be booted.
    public init(
        name: String, bytes: [UInt8], symbols: SymbolTable = SymbolTable([]), types: TypeTable = TypeTable([])
    ) throws(ImageError) {
        self.name = name
        self.bytes = bytes
        self.symbols = symbols
        self.types = types
        layout = try MultibootImage(bytes: bytes)
    }

    /// Wraps a freshly assembled image. A label `module@name` becomes the symbol `module!name`; labels without
    /// `@` are the source's own business.
    /// - Throws: why it cannot be booted.
    public init(name: String, assembly: Assembly) throws(ImageError) {
        try self.init(
            name: name, bytes: assembly.bytes,
            symbols: SymbolTable(
                Self.symbols(of: assembly), sections: assembly.sections.map(Self.range),
                moduleOrder: ["program", "ntdll", "nt", "SharedUserData"]),
            types: TypeTable(assembly))
    }

    /// The symbols of an assembly, under WinDbg's names.
    public static func symbols(of assembly: Assembly) -> [Symbol] {
        assembly.symbols.compactMap { label in
            // `..@1.loop` is a macro's own label.
            guard !label.name.hasPrefix(".."), let sign = label.name.firstIndex(of: "@"),
                sign != label.name.startIndex
            else { return nil }
            let name = label.name[..<sign] + "!" + label.name[label.name.index(after: sign)...]
            return Symbol(name: String(name), address: UInt64(label.address))
        }
    }

    /// The addresses that a section covers.
    public static func range(of section: Assembly.Section) -> Range<UInt64> {
        UInt64(section.address)..<UInt64(section.address) + UInt64(max(0, section.size))
    }
}
