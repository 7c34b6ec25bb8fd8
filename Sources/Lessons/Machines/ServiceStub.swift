import Debugger
import X86

/// The labels in user space, stubs of system services above all.
struct Stubs: Sendable {
    /// Where the kernel begins.
    private static let userSpaceEnd: UInt64 = 0x8000_0000

    /// Outside of the program's own section.
    let symbols: [Symbol]
    /// Labels that a program may use, under the names that the sources give them: `ntdll@NtClose`.
    let addresses: [String: UInt32]
    /// ntdll's label of a name, or else that of another module.
    private let byName: [String: Symbol]

    init(_ table: SymbolTable) {
        symbols = table.symbols.filter {
            $0.address < Self.userSpaceEnd && !$0.module.isEmpty && $0.module != MachineFile.programSection
        }
        addresses = Dictionary(
            symbols.map { ("\($0.module)@\($0.baseName)", UInt32(truncatingIfNeeded: $0.address)) },
            uniquingKeysWith: { first, _ in first })
        byName = Dictionary(symbols.map { (String($0.baseName), $0) }) { first, second in
            first.module != "ntdll" && second.module == "ntdll" ? second : first
        }
    }

    /// ntdll's stub, or that of another module in user space.
    subscript(name: String) -> Symbol? { byName[name] }
}

/// The stubs through which a program reaches system services.
extension MachineFile {
    /// Labels in user space that a program may use, under the names that the sources give them: `ntdll@NtClose`.
    var userSymbols: [String: UInt32] { stubs.addresses }

    /// Whether ntdll has a routine of exactly this name.
    func hasStub(_ name: String) -> Bool { stubs[name]?.module == "ntdll" }

    /// The label of the stub that a call goes through.
    /// - Throws: no such service, or another number of arguments than the stub's `RET n` takes off the stack.
    func stub(for call: ServiceCall) throws(MachineError) -> String {
        guard let stub = stubs[call.name] else { throw unknownService(call.name) }
        let label = "\(stub.module)@\(stub.baseName)"
        guard !call.isInexact, let count = argumentCount(of: UInt32(truncatingIfNeeded: stub.address)),
            count != call.arguments.count
        else { return label }
        let taken = count == 1 ? "1 argument" : "\(count) arguments"
        throw MachineError(
            "\(call.name) takes \(taken); \(call.arguments.count) given",
            note: "to pass so many all the same, end the list with ... as in \(call.name)(1, 2, ...)")
    }

    private func unknownService(_ name: String) -> MachineError {
        let names = stubs.symbols.map { String($0.baseName) }
        let other = names.first { $0.lowercased() == name.lowercased() }
        let near = image.symbols.suggestions(for: "ntdll!\(name)").first { $0.hasPrefix("ntdll!") }
        return MachineError(
            "ntdll of \(self.name) has no service called \(name)",
            note: (other ?? near.map { String($0.dropFirst(6)) }).map { "did you mean \($0)?" }, kind: .service(name))
    }

    /// A stub is a handful of instructions.
    private static let longestStub = 16

    private func argumentCount(of stub: UInt32) -> Int? {
        var code = code(at: stub)
        var address = stub
        let disassembler = Disassembler(.intel)
        for _ in 0..<Self.longestStub {
            let next = disassembler.disassemble(code, at: address)
            guard next.isValid else { return nil }
            if next.mnemonic == "ret" {
                guard next.length == 3, code.count >= 3 else { return 0 }
                return (Int(code[code.startIndex + 1]) | Int(code[code.startIndex + 2]) << 8) / 4
            }
            code = code.dropFirst(next.length)
            address &+= UInt32(next.length)
        }
        return nil
    }
}

extension MachineLibrary {
    /// The image with a program, or why that cannot be; names another machine that has the service.
    func image(of file: MachineFile, running program: UserProgram) throws(MachineError) -> BootableImage {
        do { return try program.installed(in: file) } catch {
            guard case .service(let name) = error.kind else { throw error }
            let others = machines(having: name).filter { $0 != file.name }
            guard !others.isEmpty else { throw error }
            let place = "\(others.joined(separator: " and ")) \(others.count == 1 ? "has" : "have") it"
            var refined = error
            refined.note = error.note.map { "\($0) Or another machine: \(place)" } ?? place
            throw refined
        }
    }

    private func machines(having service: String) -> [String] {
        names.filter { name in (try? file(name))?.hasStub(service) == true }
    }
}
