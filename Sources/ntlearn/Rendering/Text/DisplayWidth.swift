extension Character {
    /// The columns that a terminal gives this character: 0, 1 or 2.
    var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        // Printable ASCII, nearly all that is ever measured.
        if unicodeScalars.count == 1, (0x20...0x7E).contains(first.value) { return 1 }
        // U+FE0F asks for the emoji shape of a character that is narrow otherwise.
        if first.isWide || unicodeScalars.dropFirst().contains("\u{FE0F}") { return 2 }
        return first.isInvisible ? 0 : 1
    }
}

extension StringProtocol {
    /// The columns that a terminal gives this text, which holds no tab.
    var displayWidth: Int {
        reduce(0) { $0 + $1.displayWidth }
    }

    /// The text with spaces for tabs, for tab stops every `stop` columns from the text's start.
    func expandingTabs(stop: Int = 8) -> String {
        guard contains("\t") else { return String(self) }
        var result = ""
        var column = 0
        for character in self {
            let width = character == "\t" ? stop - column % stop : character.displayWidth
            result += character == "\t" ? String(repeating: " ", count: width) : String(character)
            column += width
        }
        return result
    }
}

extension Unicode.Scalar {
    /// A mark on the character before it, or a format character without a shape. A terminal shows a soft hyphen,
    /// and U+FFFD in place of what ``Sanitizer`` refuses.
    fileprivate var isInvisible: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        case .format: value != 0xAD && !Sanitizer.isUnsafe(self)
        default: false
        }
    }

    /// East Asian Wide and Fullwidth (Unicode Standard Annex #11), by block, and emoji.
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD:
            true
        default: properties.isEmojiPresentation
        }
    }
}
