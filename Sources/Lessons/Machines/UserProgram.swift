import Debugger
import X86

/// What runs in ring 3, and how it replaces the program in an image.
///
/// Calls become a program that pushes the arguments, calls the stub in ntdll, and ends with NtTerminateProcess,
/// whose status is the last call's. `program!main` is its first instruction, `program!return1` the one behind
/// the first call.
public enum UserProgram: Hashable, Sendable {
    /// The program that the image came with.
    case original
    /// Calls of system services, one after the other; at least one.
    case calls([ServiceCall])
    /// Assembly text, which may call the `ntdll@` stubs. `program@main` is put before it.
    case assembly(String)

    /// How many calls it consists of.
    var callCount: Int {
        if case .calls(let calls) = self { return calls.count }
        return 0
    }
}

extension UserProgram {
    /// The image with this program in its program section.
    func installed(in file: MachineFile) throws(MachineError) -> BootableImage {
        guard let space = file.programSpace, let offset = space.fileOffset else {
            throw MachineError(
                "\(file.name) has no section `program` to put calls into",
                note: "leave the calls out to boot it as it is")
        }
        if case .calls(let calls) = self { for call in calls { try Self.check(call, in: file) } }
        let assembly = try assemble(at: space.address, for: file)
        guard assembly.bytes.count <= space.size else {
            throw MachineError("the program needs \(assembly.bytes.count) bytes; there is room for \(space.size)")
        }
        var bytes = file.image.bytes
        let padding = [UInt8](repeating: 0, count: space.size - assembly.bytes.count)
        bytes.replaceSubrange(offset..<offset + space.size, with: assembly.bytes + padding)
        return try rebuilt(file, bytes, assembly)
    }

    private func rebuilt(
        _ file: MachineFile, _ bytes: [UInt8], _ program: Assembly
    ) throws(MachineError) -> BootableImage {
        let others = file.image.symbols.symbols.filter { $0.module != MachineFile.programSection }
        let ranges = (file.assembly?.sections ?? []).map(BootableImage.range)
        let symbols = SymbolTable(
            others + BootableImage.symbols(of: program), sections: ranges, moduleOrder: file.image.symbols.modules)
        do { return try BootableImage(name: file.name, bytes: bytes, symbols: symbols) } catch {
            throw MachineError("\(file.name) is not a bootable image: \(error.message)", note: error.note)
        }
    }

    private func assemble(at origin: UInt32, for file: MachineFile) throws(MachineError) -> Assembly {
        var symbols: [String: UInt32] = [:]
        for symbol in file.image.symbols.symbols where symbol.module == "ntdll" {
            symbols["ntdll@\(symbol.baseName)"] = UInt32(truncatingIfNeeded: symbol.address)
        }
        let assembler = Assembler(file: "program", source: source, origin: origin, symbols: symbols)
        do { return try assembler.assemble() } catch {
            throw MachineError("the program does not assemble", diagnostics: error.diagnostics)
        }
    }

    /// The program as assembly text.
    var source: String {
        switch self {
        case .original: ""
        case .calls(let calls): Self.source(of: calls)
        case .assembly(let text): "program@main: " + text + "\n"
        }
    }

    private static func source(of calls: [ServiceCall]) -> String {
        var code = ["bits 32", "program@main:"]
        var data: [String] = []
        for (index, call) in calls.enumerated() {
            for (position, argument) in call.arguments.enumerated().reversed() {
                switch argument {
                case .number(let value): code.append("    push \(value)")
                case .string(let text):
                    let label = "program@string\(index + 1)_\(position + 1)"
                    code.append("    push \(label)")
                    data += unicodeString(text, label)
                }
            }
            code += ["    call ntdll@\(call.name)", "program@return\(index + 1):"]
        }
        code += ["    push eax", "    push -1", "    call ntdll@NtTerminateProcess"]
        return (code + ["align 4"] + data).joined(separator: "\n") + "\n"
    }

    /// UNICODE_STRING: length and capacity in bytes, then the address of the UTF-16 text.
    private static func unicodeString(_ text: String, _ label: String) -> [String] {
        let units = text.utf16.map { "\($0)" }
        let size = units.count * 2
        let characters = units.isEmpty ? [] : ["    dw \(units.joined(separator: ", "))"]
        return ["\(label):", "    dw \(size), \(size)", "    dd \(label)_text", "\(label)_text:"] + characters
            + ["align 4"]
    }

    /// The service must have a stub, and the stub's RET n tells how many arguments it takes.
    private static func check(_ call: ServiceCall, in file: MachineFile) throws(MachineError) {
        let symbols = file.image.symbols
        guard let stub = symbols.symbol(named: "ntdll!\(call.name)"), stub.name == "ntdll!\(call.name)" else {
            throw unknown(call.name, in: file)
        }
        guard let count = argumentCount(of: UInt32(truncatingIfNeeded: stub.address), in: file),
            count != call.arguments.count
        else { return }
        let taken = count == 1 ? "1 argument" : "\(count) arguments"
        throw MachineError("\(call.name) takes \(taken); \(call.arguments.count) given")
    }

    private static func unknown(_ name: String, in file: MachineFile) -> MachineError {
        let near = file.image.symbols.suggestions(for: "ntdll!\(name)").first { $0.hasPrefix("ntdll!") }
        return MachineError(
            "ntdll of \(file.name) has no service called \(name)",
            note: near.map { "did you mean \($0.dropFirst(6))?" } ?? "`ntlearn machine list` names the machines")
    }

    /// A stub is a handful of instructions.
    private static let longestStub = 16

    private static func argumentCount(of stub: UInt32, in file: MachineFile) -> Int? {
        var code = file.code(at: stub)
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
