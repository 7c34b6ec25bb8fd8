/// Makes text from a file, or from the guest machine, harmless on a terminal.
enum Sanitizer {
    /// The text with U+FFFD for each character that could steer the terminal, or show text in a false order.
    ///
    /// Line feeds and tabs go, too, unless the caller lays them out and asks for `keeping` them.
    static func clean(_ text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
        func isRefused(_ scalar: Unicode.Scalar) -> Bool { isUnsafe(scalar) && !kept.contains(scalar) }
        guard text.unicodeScalars.contains(where: isRefused) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isRefused($0) ? "\u{FFFD}" : $0 }))
    }

    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Line and paragraph separators; directional embeddings, overrides and isolates ("Trojan Source").
        case 0x2028...0x202E, 0x2066...0x2069: true
        // The byte order mark, and tags, which hide text.
        case 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }
}
