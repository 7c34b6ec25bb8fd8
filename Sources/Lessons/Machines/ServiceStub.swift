import Debugger
import X86

/// The stubs through which a program reaches system services.
extension MachineFile {
    /// Where the kernel begins.
    private static let userSpaceEnd: UInt64 = 0x8000_0000

    /// Labels in user space that a program may use, under the names that the sources give them: `ntdll@NtClose`.
    var userSymbols: [String: UInt32] {
        var symbols: [String: UInt32] = [:]
        for symbol in stubs where symbols["\(symbol.module)@\(symbol.baseName)"] == nil {
            symbols["\(symbol.module)@\(symbol.baseName)"] = UInt32(truncatingIfNeeded: symbol.address)
        }
        return symbols
    }

    private var stubs: [Symbol] {
        image.symbols.symbols.filter {
            $0.address < Self.userSpaceEnd && !$0.module.isEmpty && $0.module != Self.programSection
        }
    }

    /// Whether ntdll has a routine of exactly this name.
    func hasStub(_ name: String) -> Bool { stubSymbol(name)?.module == "ntdll" }

    /// ntdll's stub, or that of another module in user space.
    private func stubSymbol(_ name: String) -> Symbol? {
        let found = stubs.filter { $0.baseName == name }
        return found.first { $0.module == "ntdll" } ?? found.first
    }

    /// The label of the stub that a call goes through.
    /// - Throws: no such service, or another number of arguments than the stub's `RET n` takes off the stack.
    func stub(for call: ServiceCall) throws(MachineError) -> String {
        guard let stub = stubSymbol(call.name) else { throw unknownService(call.name) }
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
        let names = stubs.map { String($0.baseName) }
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
