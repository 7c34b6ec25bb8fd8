/// Turns the bytes of one line into text that is safe to keep and to print.
enum InputLine {
    /// The longest line that is taken, in bytes. Nobody types more; a program that sends more has gone astray.
    static let limit = 65_536

    static let tooLong = LineInput.unusable(
        "This line is longer than \(limit) bytes, so it was not read. Split it into shorter lines.")

    /// Repairs UTF-8 and replaces control characters other than the tab, which could drive the reader's terminal.
    static func decode(_ bytes: some Collection<UInt8>) -> LineInput {
        guard bytes.count <= limit else { return tooLong }
        var scalars = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            scalars.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
        }
        return .line(String(scalars))
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar.properties.generalCategory != .control
    }
}
