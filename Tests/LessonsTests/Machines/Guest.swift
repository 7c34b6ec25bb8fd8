import Debugger
import Lessons
import Testing
import X86

/// A guest machine with a program of a test's, and its memory at hand.
struct Guest {
    let machine: Machine

    /// Boots `image` to the first instruction of the program.
    init(_ image: String, cpu: String? = nil, _ program: String) throws {
        let request = MachineRequest(machine: image, cpu: cpu, program: .assembly(program))
        machine = try builtInMachines.prepare(TraceRequest(machine: request)).machine
    }

    /// Boots `image` to the first of some calls, written as people write them.
    init(_ image: String, cpu: String, calls: [String]) throws {
        let request = MachineRequest(machine: image, cpu: cpu, calls: try calls.map { try ServiceCall($0) })
        machine = try builtInMachines.prepare(TraceRequest(machine: request)).machine
    }

    /// A machine that stands somewhere already.
    init(machine: Machine) { self.machine = machine }

    /// The value of a WinDbg expression now.
    subscript(expression: String) -> UInt32 {
        get throws { UInt32(truncatingIfNeeded: try machine.evaluate(expression)) }
    }

    /// Runs to an expression's address, or to the machine's halt.
    @discardableResult
    func run(to place: String?) throws -> Machine.RunEnd {
        machine.run(to: try place.map { try machine.address($0) })
    }

    /// Runs to an expression's address, or to the machine's halt, and says by which instructions.
    func trace(to place: String?) throws -> Trace {
        machine.trace(to: try place.map { try machine.address($0) })
    }

    /// What the machine has printed so far.
    var output: String { String(decoding: machine.cpu.console.bytes, as: UTF8.self) }

    /// `count` bytes of memory.
    func bytes(at expression: String, count: Int) throws -> [UInt8] {
        machine.cpu.bytes(at: try machine.address(expression), count: count)
    }

    /// The image's own door, as the last instructions of a stub without its number.
    static func door(_ image: String, argumentBytes: Int) -> String {
        let code =
            switch image {
            case "win2k": "lea edx, [esp + 4]\nint 0x2E"
            case "xpsp2": "mov edx, 0x7FFE0300\ncall [edx]"
            default: "mov edx, 0x7FFE0300\ncall edx"
            }
        return code + (argumentBytes == 0 ? "\nret\n" : "\nret \(argumentBytes)\n")
    }

    /// A program that makes one call by number through the image's own door and stops at `program!after`.
    static func call(_ image: String, _ number: UInt32, _ arguments: [UInt32] = [], data: String = "") -> String {
        """
        nop
        \(arguments.reversed().map { "push \($0)" }.joined(separator: "\n"))
        mov eax, \(number)
        call program@stub
        program@after: hlt
        program@stub: \(door(image, argumentBytes: arguments.count * 4))
        align 4
        \(data)
        """
    }
}

/// Every image with every way into the kernel that it has.
let allDoors: [(image: String, cpu: String)] = [
    ("win2k", "pentium2"), ("xp", "pentium"), ("xp", "pentium3"), ("xp", "k6-2"), ("xpsp2", "pentium"),
    ("xpsp2", "pentium3"),
]
