import Debugger
import LessonEngine
import Synchronization
import X86

/// The machines that drills ask about. Each is booted once for its facts, which are kept.
final class DrillWorld: Sendable {
    let library: MachineLibrary
    private let known = Mutex<[String: DrillMachine]>([:])

    init(library: MachineLibrary) { self.library = library }

    static let images = ["win2k", "xp", "xpsp2"]

    /// The facts about an image on a processor.
    func machine(_ image: String, _ cpu: String) throws -> DrillMachine {
        let key = "\(image) \(cpu)"
        if let machine = known.withLock({ $0[key] }) { return machine }
        let machine = try DrillMachine(image: image, cpu: CPUModel.request(cpu), library: library)
        known.withLock { $0[key] = machine }
        return machine
    }

    /// A machine with a program of ours, at its first instruction.
    func started(_ machine: DrillMachine, program: String) throws -> Machine {
        try library.prepare(TraceRequest(machine: machine.request(program: program))).machine
    }

    /// The code of a routine up to its RET, as the image has it.
    func code(of symbol: String, on machine: DrillMachine) throws -> [(
        address: UInt32, code: Disassembly, bytes: [UInt8]
    )] {
        let file = try library.file(machine.image)
        guard let start = file.image.symbols.symbol(named: symbol) else {
            throw DrillError("\(machine.image) has no \(symbol)")
        }
        var address = UInt32(truncatingIfNeeded: start.address)
        var bytes = file.code(at: address)
        var lines: [(UInt32, Disassembly, [UInt8])] = []
        let disassembler = Disassembler(.intel)
        while lines.count < Self.longestRoutine {
            let code = disassembler.disassemble(bytes, at: address)
            guard code.isValid else { break }
            lines.append((address, code, Array(bytes.prefix(code.length))))
            if code.mnemonic == "ret" { break }
            bytes = bytes.dropFirst(code.length)
            address &+= UInt32(code.length)
        }
        return lines
    }

    private static let longestRoutine = 16
}

extension DrillMachine {
    func request(program: String) -> MachineRequest {
        MachineRequest(machine: image, cpu: cpu.name, program: .assembly(program))
    }
}
