import Debugger
import X86

/// `dg`: descriptors of the GDT.
struct DisplaySelectorWord: Word {
    static let spec = WordSpec(
        name: "dg", group: .system, usage: "dg SELECTOR [LAST]",
        summary: "show the segment descriptor behind a selector, or several",
        detail: """
            Pl is the DPL; Size Bg or Nb means 32 or 16 bits; Gran Pg means that the limit counts pages; Pres P means \
            present; Flags is the descriptor's access byte with its upper bits.
            """,
        example: "dg 8 38", completion: [.register])

    private static let head = [
        "                                  P Si Gr Pr Lo", "Sel    Base     Limit     Type    l ze an es ng Flags",
        "---- -------- -------- ---------- - -- -- -- -- --------",
    ]

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var reader = ArgumentReader(arguments, in: session)
        guard !reader.isAtEnd else { throw .usage(Self.spec) }
        let first = try selector(&reader)
        let last = reader.isAtEnd ? first : try selector(&reader)
        try reader.requireEnd(Self.spec)
        guard last >= first else {
            throw WordError("The last selector is below the first.", column: arguments.column)
        }
        session.output.print(Self.head.map { StyledText($0, .dim) })
        for selector in stride(from: UInt32(first), through: UInt32(last), by: 8) {
            session.output.print(Self.line(UInt16(selector), on: machine))
        }
    }

    private func selector(_ reader: inout ArgumentReader) throws(WordError) -> UInt16 {
        let column = reader.column
        let value = try reader.expression()
        guard let selector = UInt16(exactly: value) else {
            throw WordError("A selector has 16 bits.", hint: LearnSession.radixHint, column: column)
        }
        guard selector & 4 == 0 else {
            throw WordError("Bit 2 of this selector means the LDT, and dg reads the GDT.", column: column)
        }
        return selector
    }

    private static func line(_ selector: UInt16, on machine: Machine) -> StyledText {
        let name = Hex.digits(UInt64(selector), width: 4)
        guard let entry = machine.descriptor(selector) else { return StyledText("\(name) beyond the table's limit") }
        let bits = UInt32(entry.raw >> 40 & 0xFF) | UInt32(entry.raw >> 44 & 0xF00)
        let marks = [
            bits & 0x400 != 0 ? "Bg" : "Nb", bits & 0x800 != 0 ? "Pg" : "By", entry.isPresent ? "P " : "Np", "Nl",
        ]
        return StyledText(
            "\(name) \(Hex.digits(entry.base)) \(Hex.digits(entry.limit)) \(kind(of: entry).padding(to: 10)) "
                + "\(entry.dpl) \(marks.joined(separator: " ")) \(Hex.digits(bits))")
    }

    /// `Code RE Ac`, `Data RW Ac`, `TSS32 Busy`.
    private static func kind(of entry: Descriptor) -> String {
        guard entry.isCodeOrData else { return system(entry.system) }
        let accessed = entry.type & 1 != 0 ? " Ac" : ""
        if entry.type & 8 != 0 { return (entry.type & 2 != 0 ? "Code RE" : "Code EO") + accessed }
        return (entry.type & 2 != 0 ? "Data RW" : "Data RO") + accessed
    }

    private static func system(_ kind: SystemDescriptor?) -> String {
        switch kind {
        case .taskState32: "TSS32 Avl"
        case .busyTaskState32: "TSS32 Busy"
        case .taskState16: "TSS16 Avl"
        case .busyTaskState16: "TSS16 Busy"
        case .localTable: "LDT"
        case .taskGate: "TaskGate"
        case .callGate16: "CallGate16"
        case .callGate32: "CallGate32"
        case .interruptGate16: "IntGate16"
        case .interruptGate32: "IntGate32"
        case .trapGate16: "TrapGate16"
        case .trapGate32: "TrapGate32"
        case nil: "<Reserved>"
        }
    }
}
