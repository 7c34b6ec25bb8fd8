import CMarkGFM
import Synchronization

/// A parsed Markdown document. Frees its tree when it goes.
final class CMarkDocument {
    /// Attaching an extension changes tables that all of the library's parsers share.
    private static let gate = Mutex(())
    private static let registerExtensions: Void = cmark_gfm_core_extensions_ensure_registered()

    private let root: OpaquePointer?

    /// Parses CommonMark with GFM's tables and strikethrough.
    init(_ text: String) {
        root = Self.gate.withLock { _ in Self.parse(text) }
    }

    deinit {
        if let root { cmark_node_free(root) }
    }

    /// The blocks of the outermost level.
    var blocks: [CMarkNode] { root.map { CMarkNode($0).children } ?? [] }

    private static func parse(_ text: String) -> OpaquePointer? {
        _ = registerExtensions
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FULL_INFO_STRING) else { return nil }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough"] {
            if let syntax = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, syntax) }
        }
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        return cmark_parser_finish(parser)
    }
}

/// A node of a ``CMarkDocument``, which must outlive it.
struct CMarkNode {
    /// The back-ticks or tildes around code.
    struct Fence {
        let character: Character
        let length: Int
    }

    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    /// The library's name for the node's type, extensions included: `paragraph`, `table_row` …
    var type: String { String(cString: cmark_node_get_type_string(pointer)) }
    /// The text of a text, code, or HTML node.
    var literal: String { Self.string(cmark_node_get_literal(pointer)) }
    /// The target of a link.
    var url: String { Self.string(cmark_node_get_url(pointer)) }
    /// All that follows an opening fence.
    var info: String { Self.string(cmark_node_get_fence_info(pointer)) }
    /// 1 to 6.
    var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
    /// Of an ordered list; nil for a bullet list.
    var listStart: Int? {
        cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(pointer)) : nil
    }
    /// First and last line, counted from 1.
    var lines: (first: Int, last: Int) {
        (Int(cmark_node_get_start_line(pointer)), Int(cmark_node_get_end_line(pointer)))
    }
    /// In bytes, counted from 1.
    var startColumn: Int { Int(cmark_node_get_start_column(pointer)) }
    /// The fence's character and length; nil for an indented code block.
    var fence: Fence? {
        var length: Int32 = 0
        var offset: Int32 = 0
        var character: CChar = 0
        guard cmark_node_get_fenced(pointer, &length, &offset, &character) != 0 else { return nil }
        return Fence(character: Character(Unicode.Scalar(UInt8(bitPattern: character))), length: Int(length))
    }

    var children: [CMarkNode] {
        var result: [CMarkNode] = []
        var next = cmark_node_first_child(pointer)
        while let child = next {
            result.append(CMarkNode(child))
            next = cmark_node_next(child)
        }
        return result
    }

    /// Of a table's columns.
    var alignments: [ColumnAlignment] {
        let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
        guard let letters = cmark_gfm_extensions_get_table_alignments(pointer) else { return [] }
        return (0..<count).map { column in
            switch letters[column] {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .none
            }
        }
    }

    private static func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
