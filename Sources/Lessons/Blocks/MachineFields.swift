import Debugger
import LessonEngine
import Spelling
import X86

/// The keys that say which machine runs what: `machine`, `cpu`, and `call`, `program` or `asm`.
struct MachineFields {
    let request: MachineRequest
    /// Where problems are reported.
    let places: MachinePlaces

    /// Reads the keys. `nil` if there is no such machine, which is then reported.
    /// - Parameter readsProgram: whether the author says what it runs.
    init?(_ fields: inout Fields, library: MachineLibrary, readsProgram: Bool = true) {
        let machine = fields.requiredString("machine")
        let cpu = Self.model(&fields)
        let texts = readsProgram ? fields.strings("call") : []
        let calls = texts.compactMap { Self.call($0, fields) }
        let program = readsProgram ? Self.program(&fields, besides: calls) : nil
        guard let machine else { return nil }
        places = MachinePlaces(
            machine: machine.location, calls: texts.map(\.location), program: program?.place)
        let source: UserProgram = calls.isEmpty ? .original : .calls(calls)
        request = MachineRequest(
            machine: machine.value, cpu: cpu?.value, program: program.map { .assembly($0.text) } ?? source)
        guard Self.exists(machine, library, fields) else { return nil }
    }

    /// The text of `program`, or that of the block which `asm` names.
    private static func program(
        _ fields: inout Fields, besides calls: [ServiceCall]
    ) -> (text: String, place: TextPlace)? {
        let program = fields.string("program")
        let name = fields.string("asm")
        if let second = (program != nil ? name : nil) ?? (calls.isEmpty ? nil : program ?? name) {
            fields.report(
                .badCall, at: second.location, "a machine runs one of `call`, `program` and `asm`, not two of them",
                note: "call the service in the program: call ntdll@NtClose")
        }
        if let program { return (program.value, fields.place(of: program)) }
        guard let name else { return nil }
        if let listing = fields.listing(AsmKind.blockName, id: name.value) { return listing }
        let known = fields.listingIDs(AsmKind.blockName)
        fields.report(
            .badProgram, at: name.location, "the lesson has no `asm` block called `\(name.value)`",
            note: didYouMean(name.value, among: known).map { "did you mean `\($0)`?" }
                ?? "write the program between ```asm id=\(name.value) and ```")
        return nil
    }

    /// A lesson is untrusted: it names machines of the library, never files.
    private static func exists(_ machine: Located<String>, _ library: MachineLibrary, _ fields: Fields) -> Bool {
        let known = library.names + MachineLibrary.shorthands.map(\.name)
        guard !known.contains(machine.value) else { return true }
        fields.report(
            .badMachine, at: machine.location, "there is no machine called `\(machine.value)`",
            note: didYouMean(machine.value, among: known).map { "did you mean `\($0)`?" }
                ?? "the machines are \(known.joined(separator: ", "))")
        return false
    }

    private static func model(_ fields: inout Fields) -> Located<String>? {
        guard let cpu = fields.string("cpu"), CPUModel.named(cpu.value) == nil else { return fields.string("cpu") }
        let names = CPUModel.all.map(\.name)
        fields.report(
            .badMachine, at: cpu.location, "there is no CPU model called `\(cpu.value)`",
            note: didYouMean(cpu.value, among: names).map { "did you mean `\($0)`?" }
                ?? "the models are \(names.joined(separator: ", "))")
        return nil
    }

    private static func call(_ text: Located<String>, _ fields: Fields) -> ServiceCall? {
        do { return try ServiceCall(text.value) } catch {
            fields.report(.badCall, at: text.location, error.message, note: error.note)
            return nil
        }
    }
}

extension Fields {
    /// An expression in WinDbg's syntax, checked for form only.
    mutating func expression(_ key: String) -> Located<String>? {
        guard let text = string(key) else { return nil }
        return isExpression(text) ? text : nil
    }

    /// An expression that must be there.
    mutating func requiredExpression(_ key: String) -> Located<String>? {
        requiredString(key).flatMap { isExpression($0) ? $0 : nil }
    }

    /// Reports a text that is no expression, at the character that is wrong.
    func isExpression(_ text: Located<String>) -> Bool {
        do {
            _ = try Expression(text.value)
            return true
        } catch {
            let place = SourceLocation(
                file: text.location.file, line: text.location.line, column: text.location.column + error.offset)
            report(.badExpression, at: place, "`\(text.value)`: \(error.message)", note: error.note)
            return false
        }
    }
}

extension Diagnostic {
    /// What keeps an expression from having a value; `nil` if it has one.
    static func failure(of expression: Located<String>, on machine: Machine) -> Diagnostic? {
        do throws(ExpressionError) {
            _ = try machine.evaluate(expression.value)
            return nil
        } catch {
            return .error(
                .expressionFails, at: expression.location, "`\(expression.value)`: \(error.message)", note: error.note)
        }
    }
}
