import Debugger
import Foundation
import LessonEngine
import X86

/// Assembles and boots a machine, and says what keeps it from its first instruction in ring 3.
public struct MachineCheck {
    private let library: MachineLibrary
    private let source: String

    /// - Parameters:
    ///   - source: path of the `.asm` file.
    ///   - library: with the built-in machines, whose files may be included.
    public init(source: String, library: MachineLibrary) {
        self.source = source
        self.library = library
    }

    /// What is wrong, the assembler's findings at their own places. The boot takes place on the machine's own CPU model.
    public func run() -> [Diagnostic] {
        do throws(MachineError) {
            let file = try library.file(source)
            let machine = Machine(image: file.image, model: file.defaultModel)
            return named(file) + boot(machine, file)
        } catch {
            return diagnostics(for: error)
        }
    }

    private func diagnostics(for error: MachineError) -> [Diagnostic] {
        guard error.diagnostics.isEmpty else {
            return error.diagnostics.map { found in
                let place = SourceLocation(file: found.file, line: found.line, column: found.column)
                return .error(.assembly, at: place, found.message, note: found.note)
            }
        }
        return [.error(.badMachine, at: top, error.message, note: error.note)]
    }

    private var top: SourceLocation { SourceLocation(file: source, line: 1, column: 1) }

    // MARK: The name

    private func named(_ file: MachineFile) -> [Diagnostic] {
        if let short = MachineLibrary.shorthands.first(where: { $0.name == file.name }) {
            return [
                .error(
                    .machineName, at: top, "the name `\(file.name)` always means \(short.image) on \(short.cpu)",
                    note: "rename the file")
            ]
        }
        guard library.isBuiltIn(file.name), !library.isBuiltIn(path: source) else { return [] }
        return [
            .warning(
                .machineName, at: top, "this machine takes the place of the built-in `\(file.name)` in this course",
                note: "rename the file if lessons should have both")
        ]
    }

    // MARK: The boot

    private func boot(_ machine: Machine, _ file: MachineFile) -> [Diagnostic] {
        let record = BootRecord(machine)
        let end: String
        switch record.end {
        case .ring3: return []
        case .halted: end = "it halts"
        case .shutdown: end = "the processor shuts down (triple fault)"
        case .budget: end = "\(record.steps) instructions are not enough"
        }
        let address = record.fault?.address ?? machine.cpu.eip
        let fault = record.fault.map { "; first fault: \($0.exception.vector.mnemonic) at \(hex($0.address))" } ?? ""
        let place = file.location(of: address).map { SourceLocation(file: $0.file, line: $0.line, column: 1) }
        return [
            .error(
                .neverBoots, at: place ?? top,
                "on \(file.defaultModel.name) this machine never comes to an instruction in ring 3: \(end)\(fault)",
                note: "`ntlearn trace \(source) --boot` shows what it does")
        ]
    }

    private func hex(_ address: UInt32) -> String {
        let digits = String(address, radix: 16)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}

extension MachineFile {
    /// The source line whose bytes lie at a linear address, or at that physical one.
    func location(of address: UInt32) -> (file: String, line: Int)? {
        guard let assembly else { return nil }
        let linear =
            [address]
            + image.layout.segments.compactMap { segment -> UInt32? in
                let offset = address &- segment.physicalAddress
                return Int(offset) < segment.memorySize ? segment.virtualAddress &+ offset : nil
            }
        for address in linear {
            let line = assembly.listing.first { Int(address &- $0.address) < $0.bytes.count }
            if let line { return (path(of: line.file), line.line) }
        }
        return nil
    }
}

extension MachineLibrary {
    /// Whether the built-in course has a machine of that name.
    func isBuiltIn(_ name: String) -> Bool { builtInFolder.map { Self.names(in: $0).contains(name) } ?? false }

    /// Whether a file is the built-in course's own, or has the same text: so has the course's source tree.
    func isBuiltIn(path: String) -> Bool {
        guard let folder = builtInFolder else { return false }
        let original = "\(folder)/\(URL(fileURLWithPath: path).lastPathComponent)"
        return IncludeFolder.isInside(path, folder)
            || FileManager.default.contentsEqual(atPath: original, andPath: path)
    }
}

extension DiagnosticCode {
    /// The assembler refuses the source of a machine.
    public static let assembly = DiagnosticCode("assembly", "The source of a machine does not assemble.")
    /// A machine never reaches ring 3.
    public static let neverBoots = DiagnosticCode(
        "never-boots", "A machine does not come to its first instruction in ring 3.")
    /// A machine has a name that means another one.
    public static let machineName = DiagnosticCode("machine-name", "A machine is called like another one.")
}
