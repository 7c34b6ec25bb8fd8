/// The type of a structure's field, in the words of WinDbg's `dt`.
public indirect enum FieldType: Hashable, Sendable {
    /// `Uint4B`, `UChar` for one byte.
    case unsigned(bytes: Int)
    /// `Int4B`, `Char` for one byte.
    case signed(bytes: Int)
    /// `Ptr32 Void`; what it points at is a type's text, as written.
    case pointer(to: String)
    /// `_KTHREAD`
    case structure(String)
    /// `[4] Uint4B`
    case array(count: Int, of: FieldType)
    /// `Pos 0, 1 Bit`: a part of the unit at the field's offset.
    case bits(position: Int, count: Int)

    /// The type that a text begins with; what follows it is a remark. `nil` if it begins with none.
    ///
    /// Known are `UChar`, `Char`, `Uint1B` to `Uint8B`, `Int1B` to `Int8B`, `Void`, `Ptr32 TYPE`, `_NAME`, `[N] TYPE`
    /// and `Pos N, M Bits`.
    public init?(_ text: some StringProtocol) {
        var words = Self.words(text)[...]
        guard let type = Self.parse(&words, depth: 0) else { return nil }
        self = type
    }

    /// As `dt` prints it.
    public var text: String {
        switch self {
        case .unsigned(let bytes): bytes == 1 ? "UChar" : "Uint\(bytes)B"
        case .signed(let bytes): bytes == 1 ? "Char" : "Int\(bytes)B"
        case .pointer(let target): "Ptr32 \(target)"
        case .structure(let name): name
        case .array(let count, let element): "[\(count)] \(element.text)"
        case .bits(let position, let count): "Pos \(position), \(count) Bit\(count == 1 ? "" : "s")"
        }
    }

    // MARK: Reading

    private static func words(_ text: some StringProtocol) -> [Substring] {
        let remark = text.firstIndex(of: ";") ?? text.endIndex
        return String(text[..<remark]).split { $0 == " " || $0 == "\t" || $0 == "," }
    }

    /// Nobody nests deeper than a pointer to an array of pointers.
    private static let deepest = 8

    private static func parse(_ words: inout ArraySlice<Substring>, depth: Int) -> FieldType? {
        guard depth < deepest, let word = words.popFirst() else { return nil }
        if let scalar = scalar(word) { return scalar }
        if word.hasPrefix("_"), word.count > 1 { return .structure(String(word)) }
        if word == "Ptr32" {
            let target = parse(&words, depth: depth + 1)?.text ?? "Void"
            return .pointer(to: target)
        }
        if word.hasPrefix("["), word.hasSuffix("]"), let count = Int(word.dropFirst().dropLast()), count >= 0 {
            return parse(&words, depth: depth + 1).map { .array(count: count, of: $0) }
        }
        guard word == "Pos", let position = words.popFirst().flatMap({ Int($0) }), (0..<64).contains(position),
            let count = words.popFirst().flatMap({ Int($0) }), (1...64 - position).contains(count)
        else { return nil }
        return .bits(position: position, count: count)
    }

    private static func scalar(_ word: Substring) -> FieldType? {
        switch word {
        case "UChar", "Uint1B": .unsigned(bytes: 1)
        case "Uint2B": .unsigned(bytes: 2)
        case "Uint4B": .unsigned(bytes: 4)
        case "Uint8B": .unsigned(bytes: 8)
        case "Char", "Int1B": .signed(bytes: 1)
        case "Int2B": .signed(bytes: 2)
        case "Int4B": .signed(bytes: 4)
        case "Int8B": .signed(bytes: 8)
        default: nil
        }
    }
}
