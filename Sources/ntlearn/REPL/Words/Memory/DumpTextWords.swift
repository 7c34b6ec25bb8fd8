import Debugger

/// `da`: memory as ASCII text.
struct DumpASCIIWord: Word {
    static let spec = WordSpec.dumpText("da", "show memory as ASCII text, up to a zero byte", example: "da 400000 L10")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.dumpText(arguments, Self.spec, unitSize: 1)
    }
}

/// `du`: memory as UTF-16 text.
struct DumpUnicodeWord: Word {
    static let spec = WordSpec.dumpText("du", "show memory as UTF-16 text, up to a zero", example: "du 400000 L10")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try session.dumpText(arguments, Self.spec, unitSize: 2)
    }
}

extension WordSpec {
    fileprivate static func dumpText(_ name: String, _ summary: String, example: String) -> WordSpec {
        var spec = WordSpec.dump(name, summary, example: example)
        spec.detail = """
            It ends at the zero that ends the text, or after COUNT characters; unless told, after 0n512. A dot stands for \
            what does not print. Without an address it goes on behind the last text, or begins at ESP.
            """
        return spec
    }
}

extension LearnSession {
    private static let standardLength = 512
    private static let unitsPerLine = 32

    /// Shows a text in lines of quoted pieces.
    fileprivate func dumpText(_ arguments: WordArguments, _ spec: WordSpec, unitSize: Int) throws(WordError) {
        var reader = ArgumentReader(arguments, in: self)
        let range = try reader.range(itemSize: unitSize, most: DumpFormat.most)
        try reader.requireEnd(spec)
        let machine = try machine()
        let start = range.start ?? debugger.nextAddress[spec.name] ?? machine.cpu[.esp]
        let most = range.count ?? Self.standardLength
        let text = MemoryText(at: start, unitSize: unitSize, most: most, on: machine)
        for first in stride(from: 0, to: max(1, text.characters.count), by: Self.unitsPerLine) {
            let piece = String(text.characters.dropFirst(first).prefix(Self.unitsPerLine))
            output.print(StyledText("\(Hex.digits(start &+ UInt32(first * unitSize)))  \"\(piece)\""))
        }
        if text.isCut { output.say(StyledText("Here the memory is absent.", .bad)) }
        debugger.nextAddress[spec.name] = text.end
    }
}

/// Characters in a machine's memory, up to a zero.
struct MemoryText {
    /// What does not print is a dot.
    private(set) var characters: [Character] = []
    /// Behind the text, and behind the zero that ends it.
    private(set) var end: UInt32
    /// The text runs into absent memory.
    private(set) var isCut = false

    /// - Parameter most: after so many characters it ends in any case.
    init(at start: UInt32, unitSize: Int, most: Int, on machine: Machine) {
        end = start
        while characters.count < most {
            guard let unit = machine.number(at: end, size: unitSize) else {
                isCut = true
                return
            }
            end &+= UInt32(unitSize)
            if unit == 0 { return }
            characters.append(unitSize == 1 ? NumberFormats.character(UInt8(unit)) : Self.character(UInt16(unit)))
        }
    }

    private static func character(_ unit: UInt16) -> Character {
        guard let scalar = Unicode.Scalar(unit), unit >= 0x20, unit != 0x7F,
            !scalar.properties.isDefaultIgnorableCodePoint,
            scalar.properties.generalCategory != .control, scalar.properties.generalCategory != .nonspacingMark
        else { return "." }
        return Character(scalar)
    }
}
