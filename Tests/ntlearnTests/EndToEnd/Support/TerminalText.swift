/// What a terminal shows, as far as tests look at it: the text without control sequences.
enum TerminalText {
    /// Leaves out escape sequences and all control characters but line feeds. A sequence that is not complete yet is cut off,
    /// so more input never changes what was already there.
    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x1B else {
                if bytes[index] >= 0x20 || bytes[index] == 0x0A { plain.append(bytes[index]) }
                index += 1
                continue
            }
            guard let end = endOfSequence(bytes, from: index) else { break }
            index = end
        }
        return plain
    }

    /// The index behind the first occurrence, counted from the beginning of what `text` is a slice of.
    static func end(of wanted: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= wanted.count else { return nil }
        let starts = text.startIndex...(text.endIndex - wanted.count)
        return starts.first { text[$0...].starts(with: wanted) }.map { $0 + wanted.count }
    }

    /// CSI ends with a byte from 40h on (ECMA-48, 5.4); every other sequence that readline writes is two bytes.
    private static func endOfSequence(_ bytes: [UInt8], from start: Int) -> Int? {
        guard start + 1 < bytes.count else { return nil }
        guard bytes[start + 1] == UInt8(ascii: "[") else { return start + 2 }
        return bytes[(start + 2)...].firstIndex { $0 >= 0x40 && $0 <= 0x7E }.map { $0 + 1 }
    }
}
