/// Runs over the statements again and again, until no label moves: jumps start short and grow as they must.
struct Sizing {
    enum Limits {
        static let passes = 100
        /// Bytes of all sections that the file holds.
        static let output = 16 << 20
        static let nobits = 1 << 32
        /// Repetitions of one instruction whose size each place decides.
        static let varyingRepetitions = 65_536
    }

    private let map: SourceMap
    private let statements: [Statement]
    private let symbols: SymbolTable
    private(set) var sections: SectionTable
    /// Of each statement in its section, in bytes.
    private(set) var sizes: [Int]
    private var current = 0
    private var pass = 0
    private var moved: SourcePosition?

    init(_ source: SourceParser) {
        map = source.map
        statements = source.statements
        symbols = source.symbols
        sections = source.sections
        sizes = Array(repeating: 0, count: source.statements.count)
    }

    /// Leaves every symbol with its final value, and every section with its size.
    mutating func settle() throws(Stop) {
        repeat {
            pass += 1
            moved = nil
            current = 0
            for index in 0..<sections.count { sections[index].size = 0 }
            for (index, statement) in statements.enumerated() {
                do throws(Problem) {
                    let start = sections[current].size
                    try place(statement)
                    if case .section = statement.kind { continue }
                    sizes[index] = sections[current].size - start
                } catch {
                    map.report(error)
                    throw Stop()
                }
            }
            if pass == Limits.passes, let moved {
                map.report(Problem("the value of this name never settles: it depends on itself", at: moved))
                throw Stop()
            }
        } while moved != nil
    }

    private var context: PlaceContext {
        PlaceContext(symbols: symbols, section: current, offset: sections[current].size)
    }

    private mutating func place(_ statement: Statement) throws(Problem) {
        switch statement.kind {
        case .section(let index): current = index
        case .label(let index): set(index, to: context.here, at: statement.position)
        case .equ(let index, let code):
            // What is wrong with the expression is told when the output is written.
            if let value = try? code.evaluate(in: context) { set(index, to: value, at: statement.position) }
        case .instruction(let instruction): try place(instruction, statement)
        case .data(let unit, let items):
            try grow(by: DataSize.size(of: items, unit: unit), times: try count(statement), at: statement.position)
        case .reserve(let unit, let code):
            let room = try DataSize.count(code, in: context, "the number of units", isFirstPass: pass == 1)
            try grow(by: unit, times: try DataSize.product(room, try count(statement)), at: statement.position)
        case .gap(let code):
            let room = try DataSize.count(code, in: context, DataSize.gapName, isFirstPass: pass == 1)
            try grow(by: room, times: 1, at: statement.position)
        case .align(let code, _):
            let boundary = try DataSize.alignment(code, in: context, isFirstPass: pass == 1)
            raiseAlignment(to: boundary)
            try grow(by: DataSize.gap(sections[current].size, boundary), times: 1, at: statement.position)
        }
    }

    private mutating func set(_ symbol: Int, to value: LinearValue, at position: SourcePosition) {
        if symbols.set(symbol, to: value) { moved = moved ?? position }
    }

    private func count(_ statement: Statement) throws(Problem) -> Int {
        guard let times = statement.times else { return 1 }
        return try DataSize.count(times, in: context, "the count of `times`", isFirstPass: pass == 1)
    }

    private mutating func place(_ instruction: InstructionStatement, _ statement: Statement) throws(Problem) {
        let count = try count(statement)
        if let encoding = instruction.encoding, encoding.isStable {
            return try grow(by: encoding.bytes.count, times: count, at: statement.position)
        }
        for round in 0..<count {
            if round == 1, let encoding = instruction.encoding, encoding.isStable {
                return try grow(by: encoding.bytes.count, times: count - 1, at: statement.position)
            }
            guard round < Limits.varyingRepetitions else {
                throw Problem("`times` repeats a jump too often", at: statement.position)
            }
            // An instruction that cannot be encoded takes a byte for now; writing the output tells why.
            instruction.encoding = try? InstructionEncoder.encode(instruction, in: context)
            try grow(by: instruction.encoding?.bytes.count ?? 1, times: 1, at: statement.position)
        }
    }

    /// `align` also aligns the section itself.
    private mutating func raiseAlignment(to boundary: Int) {
        guard sections[current].start == nil else { return }
        sections[current].align = max(sections[current].align ?? 1, UInt64(boundary))
    }

    private mutating func grow(by size: Int, times count: Int, at position: SourcePosition) throws(Problem) {
        let total = try DataSize.product(size, count).addingReportingOverflow(sections[current].size)
        let limit = sections[current].isNobits ? Limits.nobits : Limits.output
        guard !total.overflow, total.partialValue <= limit else {
            throw Problem("the output would be larger than 16 MiB", at: position)
        }
        sections[current].size = total.partialValue
    }
}

/// Sizes of data, and the numbers that decide them.
enum DataSize {
    static func size(of items: [DataItem], unit: Int) -> Int {
        items.reduce(0) { sum, item in
            switch item {
            case .string(let bytes): sum + (bytes.count + unit - 1) / unit * unit
            case .expression: sum + unit
            }
        }
    }

    /// What messages call the zeros before a field of `istruc`.
    static let gapName = "the room before this field"

    /// A count that must be known when it is met first.
    static func count(
        _ code: ExpressionCode, in context: PlaceContext, _ what: String, isFirstPass: Bool
    ) throws(Problem) -> Int {
        let value = try code.evaluate(in: context)
        guard value.isScalar else { throw Problem("\(what) must be a number", at: code.position) }
        if value.isUnknown {
            guard isFirstPass else { return 0 }
            throw Problem(
                "\(what) must be known here", at: code.position, note: "it uses a name that is defined further down")
        }
        guard value.constant >= 0 else {
            throw Problem("\(what) is negative: \(value.constant)", at: code.position)
        }
        guard value.constant <= Sizing.Limits.nobits else {
            throw Problem("\(what) is too large: \(value.constant)", at: code.position)
        }
        return Int(value.constant)
    }

    static func alignment(
        _ code: ExpressionCode, in context: PlaceContext, isFirstPass: Bool
    ) throws(Problem) -> Int {
        let value = try count(code, in: context, "the alignment", isFirstPass: isFirstPass)
        guard value > 0, value & (value - 1) == 0 else {
            throw Problem("the alignment must be a power of two, not \(value)", at: code.position)
        }
        return value
    }

    static func gap(_ offset: Int, _ boundary: Int) -> Int { (boundary - offset % boundary) % boundary }

    /// Capped: what overflows is beyond every limit anyway.
    static func product(_ a: Int, _ b: Int) throws(Problem) -> Int {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? .max : product
    }
}
