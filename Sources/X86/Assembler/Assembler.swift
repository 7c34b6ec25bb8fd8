/// Assembles 32-bit code in a strict subset of NASM's syntax into a flat binary.
///
/// Everything that it accepts, `nasm -f bin` accepts too, with the same addresses and the same disassembly; the
/// encodings come from Zydis. A source that is wrong, however wrong, ends in diagnostics, in bounded time and memory.
public struct Assembler {
    private let file: String
    private let source: String
    private let origin: UInt32
    private let symbols: [String: UInt32]
    private let include: (String) throws(IncludeRefusal) -> String?

    /// Prepares to assemble `source`.
    ///
    /// - Parameters:
    ///   - file: Name of the source in diagnostics and listing.
    ///   - source: The text.
    ///   - origin: Address of the first byte, unless the source has an `org`.
    ///   - symbols: Names that the source may use as numbers.
    ///   - include: The text of an `%include`d file by its name; nil if there is none. Throws why it is refused.
    public init(
        file: String, source: String, origin: UInt32 = 0, symbols: [String: UInt32] = [:],
        include: @escaping (String) throws(IncludeRefusal) -> String? = { _ in nil }
    ) {
        self.file = file
        self.source = source
        self.origin = origin
        self.symbols = symbols
        self.include = include
    }

    /// Assembles the source. Throws everything that is wrong with it, never only the first thing.
    public func assemble() throws(AssemblerFailure) -> Assembly {
        let map = SourceMap()
        do throws(Stop) {
            return try assemble(reportingTo: map)
        } catch {
            throw map.failure()
        }
    }

    private func assemble(reportingTo map: SourceMap) throws(Stop) -> Assembly {
        let parser = try parse(reportingTo: map)
        var sizing = Sizing(parser)
        try sizing.settle()
        let layout: BinaryLayout
        do throws(Problem) {
            layout = try BinaryLayout(sizing.sections, origin: parser.origin ?? (origin == 0 ? nil : origin))
        } catch {
            map.report(error)
            throw Stop()
        }
        var emitter = Emitter(parser, sizing: sizing, layout: layout)
        emitter.run()
        guard !map.hasProblems else { throw Stop() }
        return result(parser, sizing.sections, layout, emitter, map)
    }

    private func parse(reportingTo map: SourceMap) throws(Stop) -> SourceParser {
        let preprocessor = Preprocessor(
            file: file, source: source, constants: symbols.mapValues(Int64.init), map: map, include: include)
        let parser = SourceParser(preprocessor: preprocessor, map: map, predefined: symbols)
        try parser.run()
        parser.resolveSectionSymbols()
        parser.reportUndefinedSymbols()
        return parser
    }

    // MARK: Result

    private func result(
        _ parser: SourceParser, _ table: SectionTable, _ layout: BinaryLayout, _ emitter: Emitter, _ map: SourceMap
    ) -> Assembly {
        let defined = parser.symbols.entries.filter { $0.definition == .label || $0.definition == .equ }
        let numbers = defined.filter { $0.value?.isScalar == true }
        let labels = defined.filter { $0.value?.isScalar == false }
        return Assembly(
            bytes: emitter.file, origin: UInt32(truncatingIfNeeded: layout.origin),
            sections: sections(table, layout),
            symbols: inOrder(labels).map { entry in
                let address = entry.value.flatMap(emitter.absolute) ?? 0
                return Assembly.Symbol(
                    name: entry.name, address: UInt32(truncatingIfNeeded: address),
                    file: map.fileName(entry.position), line: Int(entry.position.line))
            },
            constants: inOrder(numbers).map { Assembly.Constant(name: $0.name, value: $0.value?.constant ?? 0) },
            structures: parser.structures, listing: emitter.listing)
    }

    /// By definition, not by first use.
    private func inOrder(_ entries: [SymbolTable.Entry]) -> [SymbolTable.Entry] {
        entries.sorted { $0.order < $1.order }
    }

    private func sections(_ table: SectionTable, _ layout: BinaryLayout) -> [Assembly.Section] {
        let nobits = table.sections.indices.filter { table[$0].isNobits }
        return (layout.fileOrder + nobits).compactMap { index in
            let section = table[index]
            guard section.size > 0 || section.position != nil else { return nil }
            return Assembly.Section(
                name: section.name, fileOffset: section.isNobits ? nil : layout.fileOffset(index),
                address: UInt32(truncatingIfNeeded: layout.virtualStart(index)), size: section.size)
        }
    }
}
