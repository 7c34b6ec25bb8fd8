/// Writes the bytes, once every symbol has its value and every section its place. Whatever is wrong with single
/// instructions and numbers is told here, all of it in one run.
struct Emitter {
    private let map: SourceMap
    private let statements: [Statement]
    private let symbols: SymbolTable
    private let layout: BinaryLayout
    /// Of each statement, in bytes: wrong ones keep their room, so that what follows them is judged rightly.
    private let sizes: [Int]
    private var sections: SectionTable
    private var current = 0
    private(set) var listing: [Assembly.Line] = []

    init(_ source: SourceParser, sizing: Sizing, layout: BinaryLayout) {
        map = source.map
        statements = source.statements
        symbols = source.symbols
        sections = sizing.sections
        sizes = sizing.sizes
        self.layout = layout
        for index in 0..<sections.count { sections[index].size = 0 }
    }

    mutating func run() {
        for (index, statement) in statements.enumerated() {
            let start = sections[current].size
            do throws(Problem) {
                try emit(statement)
            } catch {
                map.report(error)
                if map.isFull { return }
                sections[current].size = start + sizes[index]
            }
        }
    }

    /// The file: the sections' bytes, zeros between them.
    var file: [UInt8] {
        var file: [UInt8] = []
        for index in layout.fileOrder where !sections[index].bytes.isEmpty {
            let gap = layout.fileOffset(index) - file.count
            if gap > 0 { file.append(contentsOf: repeatElement(0, count: gap)) }
            file.append(contentsOf: sections[index].bytes)
        }
        return file
    }

    private var context: PlaceContext {
        PlaceContext(symbols: symbols, section: current, offset: sections[current].size)
    }

    /// The address that a value is, its section's place added; nil if it is none.
    func absolute(_ value: LinearValue) -> Int64? {
        guard let base = value.address else { return value.isScalar ? value.constant : nil }
        switch base {
        case .section(let index): return value.constant &+ Int64(clamping: layout.virtualStart(index))
        case .sectionLoad(let index): return value.constant &+ Int64(clamping: layout.places[index].start)
        case .register: return nil
        }
    }

    // MARK: Statements

    private mutating func emit(_ statement: Statement) throws(Problem) {
        switch statement.kind {
        case .section(let index): current = index
        case .label: break
        case .equ(_, let code):
            let value = try code.evaluate(in: context)
            if !value.isUnknown, absolute(value) == nil { throw Problem(value.notSimple, at: code.position) }
        case .instruction(let instruction): try emit(instruction, statement)
        case .data(let unit, let items):
            let bytes = try dataBytes(items, unit: unit)
            try append(bytes, times: try count(statement), statement)
        case .reserve(let unit, let code):
            let room = try DataSize.count(code, in: context, "the number of units", isFirstPass: false)
            try reserve(unit * room * (try count(statement)), statement)
        case .gap(let code):
            let room = try DataSize.count(code, in: context, DataSize.gapName, isFirstPass: false)
            try append([0], times: room, statement)
        case .align(let code, let fill):
            let boundary = try DataSize.alignment(code, in: context, isFirstPass: false)
            let gap = DataSize.gap(sections[current].size, boundary)
            switch fill {
            case .bytes(let bytes) where !sections[current].isNobits: try append(bytes, times: gap, statement)
            default: try reserve(gap, statement)
            }
        }
    }

    private func count(_ statement: Statement) throws(Problem) -> Int {
        guard let times = statement.times else { return 1 }
        return try DataSize.count(times, in: context, "the count of `times`", isFirstPass: false)
    }

    private mutating func emit(_ instruction: InstructionStatement, _ statement: Statement) throws(Problem) {
        var bytes: [UInt8] = []
        let start = context
        for _ in 0..<(try count(statement)) {
            var place = start
            place.offset += bytes.count
            let encoding =
                if let kept = instruction.encoding, kept.isStable {
                    kept
                } else {
                    try InstructionEncoder.encode(instruction, in: place)
                }
            bytes.append(contentsOf: try patched(encoding, instruction, in: place))
        }
        try append(bytes, times: 1, statement)
    }

    private mutating func reserve(_ size: Int, _ statement: Statement) throws(Problem) {
        if sections[current].isNobits {
            sections[current].size += size
        } else {
            try append([0], times: size, statement)
        }
    }

    private mutating func append(_ bytes: [UInt8], times count: Int, _ statement: Statement) throws(Problem) {
        guard !sections[current].isNobits else {
            throw Problem(
                "section `\(sections[current].name)` is nobits: only labels and `resb` may stand in it",
                at: statement.position)
        }
        let total = bytes.count * count
        guard total > 0 else { return }
        let address = UInt32(truncatingIfNeeded: layout.virtualStart(current) &+ UInt64(sections[current].size))
        let repeated = count == 1 ? bytes : Array(repeatElement(bytes, count: count).joined())
        sections[current].bytes.append(contentsOf: repeated)
        sections[current].size += total
        let position = statement.position
        listing.append(
            Assembly.Line(file: map.fileName(position), line: Int(position.line), address: address, bytes: repeated))
    }

    // MARK: Values

    private func dataBytes(_ items: [DataItem], unit: Int) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        for item in items {
            switch item {
            case .string(let string):
                bytes.append(contentsOf: string)
                bytes.append(contentsOf: repeatElement(0, count: DataSize.gap(string.count, unit)))
            case .expression(let code):
                let number = try number(code, size: unit)
                for index in 0..<unit { bytes.append(UInt8(truncatingIfNeeded: number >> Int64(index * 8))) }
            }
        }
        return bytes
    }

    private func number(_ code: ExpressionCode, size: Int) throws(Problem) -> Int64 {
        let value = try code.evaluate(in: context)
        guard let number = absolute(value) else { throw Problem(value.notSimple, at: code.position) }
        guard NumberRange.fits(number, size: size) else {
            throw Problem("\(number) does not fit in \(NumberRange.name(size))", at: code.position)
        }
        return number
    }

    private func patched(
        _ encoding: InstructionEncoding, _ instruction: InstructionStatement, in place: PlaceContext
    ) throws(Problem) -> [UInt8] {
        var bytes = encoding.bytes
        for patch in encoding.patches {
            var value = try patch.expression.evaluate(in: place)
            if patch.isDisplacement { value = value.withoutRegisters }
            guard var number = absolute(value) else {
                throw Problem(value.notSimple, at: patch.expression.position)
            }
            if patch.isRelative {
                number = try distance(to: number, patch, from: place, length: bytes.count, isKnown: !value.isUnknown)
            } else if !NumberRange.fits(number, size: patch.size) {
                throw Problem(
                    "\(number) does not fit in \(NumberRange.name(patch.size))", at: patch.expression.position)
            }
            for index in 0..<patch.size {
                bytes[patch.offset + index] = UInt8(truncatingIfNeeded: number >> Int64(index * 8))
            }
        }
        return bytes
    }

    private func distance(
        to target: Int64, _ patch: InstructionEncoding.Patch, from place: PlaceContext, length: Int, isKnown: Bool
    ) throws(Problem) -> Int64 {
        let next = Int64(clamping: layout.virtualStart(place.section)) &+ Int64(place.offset + length)
        let distance = target &- next
        guard patch.size > 1 || (-128...127).contains(distance) || !isKnown else {
            throw Problem(
                "short jump is out of range by \(max(distance - 127, -128 - distance)) bytes",
                at: patch.expression.position, note: "a short jump reaches 128 bytes back and 127 ahead")
        }
        return distance
    }
}
