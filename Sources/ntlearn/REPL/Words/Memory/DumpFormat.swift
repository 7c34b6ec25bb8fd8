/// How a dump word lays memory out.
struct DumpFormat {
    /// Bytes of an item: 1, 2, 4 or 8.
    let size: Int
    /// Items of a line.
    let perLine: Int
    /// Items that are shown unless told.
    let standard: Int
    /// More than anyone reads.
    static let most = 4096

    static let bytes = DumpFormat(size: 1, perLine: 16, standard: 128)
    static let words = DumpFormat(size: 2, perLine: 8, standard: 64)
    static let doublewords = DumpFormat(size: 4, perLine: 4, standard: 32)
    static let quadwords = DumpFormat(size: 8, perLine: 2, standard: 16)

    /// A line of items, their characters behind single bytes; absent memory shows as `??`.
    func line(at address: UInt32, _ bytes: [UInt8?]) -> StyledText {
        let head = StyledText(Hex.digits(address) + "  ")
        let cells = stride(from: 0, to: bytes.count, by: size).map { cell(bytes[$0..<min($0 + size, bytes.count)]) }
        guard size == 1 else { return head + StyledText(cells.joined(separator: " ")) }
        let gap = spaces(3 * (perLine - bytes.count) + 2)
        return head + StyledText(Self.dashed(cells) + gap + String(bytes.map(Self.character)))
    }

    private func cell(_ bytes: ArraySlice<UInt8?>) -> String {
        let pairs = bytes.reversed().map { $0.map { Hex.digits(UInt64($0), width: 2) } ?? "??" }
        guard size == 8 else { return pairs.joined() }
        return pairs.prefix(4).joined() + "`" + pairs.dropFirst(4).joined()
    }

    /// A dash in the middle of sixteen bytes helps to count.
    private static func dashed(_ cells: [String]) -> String {
        guard cells.count > 8 else { return cells.joined(separator: " ") }
        return cells.prefix(8).joined(separator: " ") + "-" + cells.dropFirst(8).joined(separator: " ")
    }

    private static func character(_ byte: UInt8?) -> Character { byte.map(NumberFormats.character) ?? "?" }
}
