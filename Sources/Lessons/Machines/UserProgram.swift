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
    /// Assembly text, which may call the `ntdll@` stubs and need not define `program@main`. With a path, the text
    /// may `%include` what lies below its folder.
    case assembly(String, path: String? = nil)

    /// The program in a learner's own file.
    /// - Throws: that it cannot be read.
    public static func file(_ path: String) throws(MachineError) -> UserProgram {
        do { return .assembly(try MachineLibrary.text(path), path: path) } catch {
            throw MachineError(error.message, note: "name a file with assembly text; docs/commands.md shows one")
        }
    }

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
        let symbols = file.symbols(withProgram: BootableImage.symbols(of: program))
        do {
            return try BootableImage(name: file.name, bytes: bytes, symbols: symbols, types: file.image.types)
        } catch {
            throw MachineError("\(file.name) is not a bootable image: \(error.message)", note: error.note)
        }
    }

    // MARK: Assembling

    /// The first line of every program; diagnostics count from the line behind it.
    private static let head = "program@main:\n"

    private func assemble(at origin: UInt32, for file: MachineFile) throws(MachineError) -> Assembly {
        let (name, source, includes) = try parts(for: file)
        let hasMain = source.contains(Self.head.dropLast())
        let assembler = Assembler(
            file: name, source: (hasMain ? "" : Self.head) + source, origin: origin,
            symbols: file.userSymbols, include: { name throws(IncludeRefusal) in try includes?.text(name) })
        do { return try assembler.assemble() } catch {
            throw MachineError(
                "the program does not assemble",
                diagnostics: error.diagnostics.map { Self.moved($0, in: name, up: hasMain ? 0 : 1) }, kind: .program)
        }
    }

    private func parts(for file: MachineFile) throws(MachineError) -> (String, String, IncludeFolder?) {
        switch self {
        case .original: ("program", "", nil)
        case .calls(let calls): ("program", try CallProgram(calls, for: file).source, nil)
        case .assembly(let text, let path):
            (path ?? "program", text, path.map { IncludeFolder(of: $0, builtIn: nil) })
        }
    }

    private static func moved(_ diagnostic: AssemblerDiagnostic, in file: String, up lines: Int) -> AssemblerDiagnostic
    {
        guard diagnostic.file == file else { return diagnostic }
        var moved = diagnostic
        moved.line = max(1, moved.line - lines)
        return moved
    }
}
