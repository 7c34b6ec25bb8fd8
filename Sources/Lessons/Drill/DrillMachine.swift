import Debugger
import LessonEngine
import X86

/// A machine that a drill asks about, with what its boot and a first call have shown.
struct DrillMachine: Sendable {
    /// An image's name: `xp`.
    let image: String
    let cpu: CPUModel
    /// One call of NtClose, from the program's first instruction to behind the call.
    private let call: [TraceStep]
    /// The instruction that entered ring 0, as an index of `call`.
    private let doorIndex: Int
    /// The instruction that returned to ring 3, as an index of `call`.
    private let exitIndex: Int
    /// Where the dispatcher has just reduced EAX to the index and is about to compare it with the table's limit.
    let dispatch: UInt32
    let tables: [ServiceTables.Table]
    /// The MSRs of the system-call path after the boot; those that the processor has.
    let msrs: [UInt32: UInt64]

    static let msrIndices: [UInt32] = [0x174, 0x175, 0x176, 0xC000_0080, 0xC000_0081]

    init(image: String, cpu: CPUModel, library: MachineLibrary) throws {
        self.image = image
        self.cpu = cpu
        let request = MachineRequest(machine: image, cpu: cpu.name, calls: [try ServiceCall("NtClose(0x44)")])
        let start = try library.prepare(TraceRequest(machine: request))
        let call = start.machine.trace(to: start.end, budget: TraceBlock.budget).steps
        func index(of what: String, _ isIt: (Int) -> Bool) throws(DrillError) -> Int {
            guard let index = call.indices.dropLast().first(where: isIt) else {
                throw DrillError("a call on \(image) with a \(cpu.name) shows no \(what)")
            }
            return index
        }
        doorIndex = try index(of: "way into ring 0") { call[$0].before.cpl == 3 && call[$0 + 1].before.cpl == 0 }
        exitIndex = try index(of: "way back") { call[$0].before.cpl == 0 && call[$0 + 1].before.cpl == 3 }
        dispatch = call[try index(of: "dispatcher") { call[$0].code.text == "and eax, 0xfff" } + 1].address
        tables = ServiceTables(of: start.machine).tables
        msrs = Self.msrIndices.reduce(into: [:]) { $0[$1] = start.machine.cpu.msr($1) }
        self.call = call
    }

    /// `Windows XP SP2 on an Intel Pentium III`
    var title: String { "\(Self.titles[image] ?? image) on an \(cpu.title)" }

    static let titles = ["win2k": "Windows 2000", "xp": "Windows XP before SP2", "xpsp2": "Windows XP SP2"]

    /// The instruction that enters ring 0.
    var door: TraceStep { call[doorIndex] }
    /// The first instruction in ring 0.
    var entry: TraceStep { call[doorIndex + 1] }
    /// The instruction that returns to ring 3.
    var exit: TraceStep { call[exitIndex] }
    /// The first instruction in ring 3 again.
    var landing: TraceStep { call[exitIndex + 1] }

    /// The instructions in ring 3 from the stub's first one to the one that enters ring 0.
    var wayIn: [TraceStep] {
        let user = call[...doorIndex]
        let start = user.lastIndex { $0.location.map { $0.symbol.module == MachineFile.programSection } ?? false } ?? -1
        return Array(user[(start + 1)...])
    }

    /// `INT 2Eh`, `SYSENTER` or `SYSCALL`.
    var doorName: String { Self.name(door) }
    /// `IRETD`, `SYSEXIT` or `SYSRET`.
    var exitName: String { Self.name(exit) }

    /// As the manuals write it.
    static func name(_ step: TraceStep) -> String {
        step.code.mnemonic == "int" ? "INT 2Eh" : step.code.mnemonic.uppercased()
    }

    /// How far above the ESP of the instruction that enters the kernel the first argument lies.
    var returnAddresses: Int { doorIsInStub ? 1 : 2 }
    /// Whether each stub holds the instruction itself.
    var doorIsInStub: Bool { door.location?.symbol.name == "ntdll!NtClose" }

    /// The services of one table that have a stub of their own name.
    func services(table index: UInt32) -> [ServiceTables.Service] {
        (tables.first { $0.index == index }?.services ?? []).filter { $0.name.hasPrefix("Nt") }
    }

    /// How many services a table has; 0 for one that is empty.
    func limit(table index: UInt32) -> UInt32 { tables.first { $0.index == index }?.limit ?? 0 }
}

/// Why a drill has no question: the machines are not those that it was written for.
public struct DrillError: Error, CustomStringConvertible {
    /// What was missing.
    public let description: String

    init(_ description: String) { self.description = description }
}
