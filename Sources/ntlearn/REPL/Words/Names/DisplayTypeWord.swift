import Debugger

/// `dt`: structures.
struct DisplayTypeWord: Word {
    static let spec = WordSpec(
        name: "dt", group: .names, usage: "dt [-r[DEPTH]] TYPE [FIELD ...] [ADDRESS]",
        summary: "show a structure's layout, or its values at an address",
        detail: """
            Without a module and without the underscore the type is found as well. A TYPE with * lists the types that \
            match. FIELD, which may have * too, selects fields; -r opens the structures inside.
            """,
        example: "dt nt!_K*", completion: [.structure, .symbol, .register])

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        let types = try session.machine().types
        guard !types.types.isEmpty else {
            throw WordError("This machine's source lays out no structures.", hint: "dd and dps show memory as it is.")
        }
        guard let name = arguments.tokens.first(where: { !$0.text.hasPrefix("-") }) else { throw .usage(Self.spec) }
        if name.text.contains("*") || name.text.contains("?") { return try Self.list(name, types, in: session) }
        guard let type = types.type(named: name.text) else { throw Self.unknown(name, types) }
        let request = try StructureRequest(arguments.tokens, of: type, in: session)
        try show(type, request, in: session)
    }

    private func show(_ type: StructureType, _ request: StructureRequest, in session: LearnSession) throws(WordError) {
        let machine = try session.machine()
        let dump = StructureDump(types: machine.types, depth: request.depth)
        let patterns = request.fields.isEmpty ? [nil] : request.fields.map(Optional.some)
        session.output.print(StyledText(type.name, .heading))
        for pattern in patterns {
            let lines = request.address.map { address in
                dump.lines(of: type, at: UInt64(address), in: MachineContext(machine), fields: pattern)
            }
            session.output.print((lines ?? dump.lines(of: type, fields: pattern)).map { StyledText($0) })
        }
    }

    private static func list(_ name: WordArguments.Token, _ types: TypeTable, in session: LearnSession)
        throws(WordError)
    {
        let found = types.types(matching: name.text)
        guard !found.isEmpty else { throw unknown(name, types) }
        session.output.print(found.map { StyledText("          \($0.name)") })
    }

    private static func unknown(_ name: WordArguments.Token, _ types: TypeTable) -> WordError {
        let known = types.types.map(\.name)
        let near = known.first { $0.lowercased().contains(name.text.lowercased().drop { $0 == "_" }) }
        return WordError(
            "There is no structure \"\(name.text.prefix(40))\".",
            hint: near.map { "Did you mean \($0)?" } ?? "dt * lists all.", column: name.column)
    }
}

/// What stands behind `dt TYPE`: a name of a field selects it, everything else is an address.
private struct StructureRequest {
    private(set) var fields: [String] = []
    private(set) var address: UInt32?
    private(set) var depth = 0

    init(_ tokens: [WordArguments.Token], of type: StructureType, in session: LearnSession) throws(WordError) {
        var hasType = false
        for token in tokens {
            if token.text.lowercased().hasPrefix("-r") {
                depth = try Self.depth(token)
            } else if !hasType {
                hasType = true
            } else if type.fields.contains(where: { WildcardPattern(token.text).matches($0.name) }) {
                fields.append(token.text)
            } else {
                address = try Self.address(token, ofSecond: address != nil, type, in: session)
            }
        }
    }

    private static func depth(_ token: WordArguments.Token) throws(WordError) -> Int {
        if token.text.count == 2 { return 1 }
        guard let depth = Int(token.text.dropFirst(2)), (0...8).contains(depth) else {
            throw WordError("DEPTH is 0 to 8.", hint: "Example: dt -r2 _KTHREAD.", column: token.column)
        }
        return depth
    }

    private static func address(
        _ token: WordArguments.Token, ofSecond isSecond: Bool, _ type: StructureType, in session: LearnSession
    ) throws(WordError) -> UInt32 {
        guard !isSecond else {
            throw WordError(
                "\"\(token.text.prefix(30))\" is no field of \(type.name), and the address was given already.",
                column: token.column)
        }
        do throws(WordError) {
            var reader = ArgumentReader(WordArguments(token), in: session)
            return try reader.address()
        } catch {
            throw WordError(
                "\"\(token.text.prefix(30))\" is neither a field of \(type.name) nor an address: \(error.message).",
                hint: error.hint, column: token.column)
        }
    }
}
