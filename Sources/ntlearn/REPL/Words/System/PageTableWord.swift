import Debugger

/// `!pte`: how an address is translated.
struct PageTableWord: Word {
    static let spec = WordSpec(
        name: "!pte", group: .system, usage: "!pte ADDRESS",
        summary: "show the page-directory and page-table entries of an address",
        detail: """
            The letters behind pfn, from the left: C copy-on-write (a bit that Windows uses), G global, L large page, D \
            dirty, A accessed, N cache disabled, T write-through, U user or K kernel, W writable or R read-only, E \
            executable, V valid.
            """,
        example: "!pte 7ffe0300", completion: [.register, .symbol])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        var reader = ArgumentReader(arguments, in: session)
        guard !reader.isAtEnd else { throw .usage(Self.spec) }
        let address = try reader.address()
        try reader.requireEnd(Self.spec)
        guard let mapping = PageTranslation(of: address, on: machine) else {
            throw WordError("Paging is off: linear addresses are physical ones.")
        }
        session.output.print(StyledText("VA \(Hex.digits(address))", .heading))
        let columns =
            [Self.lines("PDE", mapping.directory)] + [mapping.table.map { Self.lines("PTE", $0) }].compactMap(\.self)
        for row in 0..<3 {
            let cells = columns.map { $0[row].padding(to: 30) }
            session.output.print(StyledText(cells.joined().trimmedRight))
        }
        if let note = Self.note(on: mapping) { session.output.say(StyledText(note)) }
    }

    private static func lines(_ name: String, _ entry: PageTranslation.Entry) -> [String] {
        let place = "\(name) at physical \(Hex.digits(entry.physicalAddress))"
        let flags =
            entry.isPresent
            ? "pfn \(String(entry.frame, radix: 16))".padding(to: 10) + letters(entry.value) : "not valid"
        return [place, "contains \(Hex.digits(entry.value))", flags]
    }

    private static func letters(_ value: UInt32) -> String {
        let bits: [(Int, Character, Character)] = [
            (9, "C", "-"), (8, "G", "-"), (7, "L", "-"), (6, "D", "-"), (5, "A", "-"), (4, "N", "-"), (3, "T", "-"),
            (2, "U", "K"), (1, "W", "R"),
        ]
        return String(bits.map { value >> UInt32($0.0) & 1 != 0 ? $0.1 : $0.2 }) + "EV"
    }

    private static func note(on mapping: PageTranslation) -> String? {
        if !mapping.directory.isPresent { return "No page table: the 4 MiB around this address are absent." }
        guard let table = mapping.table else { return "The directory's entry maps a large page of 4 MiB." }
        guard table.isPresent else { return "The page is absent: any access is a page fault." }
        let both = mapping.directory.value & table.value
        let who = both & 4 != 0 ? "Ring 3 may read" : "Ring 3 may not touch"
        let writes = both & 4 != 0 ? (both & 2 != 0 ? " and write" : " and not write") : ""
        return "\(who)\(writes) this page: both entries must allow it."
    }
}

extension String {
    /// Without blanks at the end.
    fileprivate var trimmedRight: String { String(reversed().drop { $0 == " " }.reversed()) }
}
