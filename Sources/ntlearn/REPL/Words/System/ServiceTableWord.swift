import Debugger
import Lessons

/// `!ssdt`: the system service tables.
struct ServiceTableWord: Word {
    static let spec = WordSpec(
        name: "!ssdt", group: .system, usage: "!ssdt [PATTERN | NUMBER]",
        summary: "list the system services: number, address, bytes of arguments, name",
        detail: """
            The number is what a stub in ntdll puts into EAX. Several numbers that lead to the same routine share a line, \
            unless a pattern such as Nt*File or one number is given.
            """,
        example: "!ssdt NtClose", completion: [.symbol])

    private static let most = 400

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        let all = ServiceTables(of: machine)
        guard !all.tables.isEmpty else {
            throw WordError(
                "There are no service tables yet, or no symbol names them.",
                hint: "They are read at KeServiceDescriptorTable.")
        }
        let filter = try Self.filter(arguments, in: session)
        var shown = 0
        for table in all.tables {
            let rows = Self.rows(of: table.services.filter(filter), isFolding: arguments.isEmpty)
            guard !rows.isEmpty else { continue }
            shown += rows.count
            session.output.print(Self.head(of: table, on: machine))
            session.output.print(rows.prefix(Self.most).map { Self.line($0, machine.symbols) })
        }
        guard shown == 0 else {
            guard let owner = all.currentOwner else { return }
            return session.output.say(StyledText("The current thread uses \(owner)."))
        }
        throw WordError(
            "No service is called \"\(arguments.rest.prefix(40))\".", hint: "Patterns may have * and ?: !ssdt Nt*File.",
            column: arguments.column)
    }

    private static func filter(
        _ arguments: WordArguments, in session: LearnSession
    ) throws(WordError) -> (ServiceTables.Service) -> Bool {
        if arguments.isEmpty { return { _ in true } }
        if arguments.rest.first?.isNumber == true {
            let number = try session.value(of: arguments)
            return { $0.number == number }
        }
        let bare = arguments.rest.split(separator: "!").last.map(String.init) ?? arguments.rest
        let pattern = WildcardPattern(bare)
        return { pattern.matches($0.name.split(separator: "!").last ?? "") }
    }

    /// Services one behind the other with the same routine, name and argument bytes.
    private struct Row {
        let first: ServiceTables.Service
        var last: ServiceTables.Service
    }

    private static func rows(of services: [ServiceTables.Service], isFolding: Bool) -> [Row] {
        services.reduce(into: []) { rows, service in
            if isFolding, let row = rows.last, row.first.address == service.address, row.first.name == service.name,
                row.first.argumentBytes == service.argumentBytes
            {
                rows[rows.count - 1].last = service
            } else {
                rows.append(Row(first: service, last: service))
            }
        }
    }

    private static func head(of table: ServiceTables.Table, on machine: Machine) -> [StyledText] {
        let base = machine.symbols.location(of: UInt64(table.base)).map { "\($0)" } ?? Hex.digits(table.base)
        let title = "\(table.owner)[\(table.index)]: \(table.services.count) services at \(base)"
        return [StyledText(title, .heading), StyledText("Number     Address  Args Name", .dim)]
    }

    private static func line(_ row: Row, _ symbols: SymbolTable) -> StyledText {
        let first = Hex.digits(UInt64(row.first.number), width: 4)
        let range = row.first == row.last ? first : "\(first)-\(Hex.digits(UInt64(row.last.number), width: 4))"
        let bytes = String(row.first.argumentBytes, radix: 16)
        let routine = symbols.location(of: UInt64(row.first.address)).map { "\($0)" } ?? ""
        let isItsOwn = row.first.name == routine || routine.hasSuffix("!\(row.first.name)")
        let name = isItsOwn ? routine : "\(row.first.name.padding(to: 24)) \(routine)"
        return StyledText(
            "\(range.padding(to: 10)) \(Hex.digits(row.first.address)) \(spaces(4 - bytes.count))\(bytes) \(name)")
    }
}
