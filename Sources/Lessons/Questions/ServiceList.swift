import Debugger
import LessonEngine
import Synchronization

/// `one of services`: what the ntdll of the block's machine has stubs for. `$(service.number)` is the service number,
/// `0x19`; `$(service.arguments)` how many arguments it takes.
final class ServiceList: ParameterList {
    let name = "services"
    private let library: MachineLibrary
    private let known = Mutex<[String: [[String: String]]]>([:])

    init(library: MachineLibrary) { self.library = library }

    func items(machine: String?) throws -> [[String: String]] {
        guard let machine else { throw MachineError("the block names no machine", kind: .request) }
        // A lesson is untrusted: it names machines of the library, never files.
        guard (library.names + MachineLibrary.shorthands.map(\.name)).contains(machine) else {
            throw MachineError("there is no machine called \"\(machine)\"", kind: .request)
        }
        if let items = known.withLock({ $0[machine] }) { return items }
        let booted = try library.machine(for: MachineRequest(machine: machine))
        let start = try MachineLibrary.address(MachineLibrary.programStart, on: booted)
        try library.reach(start, MachineLibrary.programStart, on: booted)
        let tables = ServiceTables(of: booted)
        let services = tables.tables.first { $0.index == 0 }?.services.filter { $0.name.hasPrefix("Nt") } ?? []
        let items = services.map(Self.item)
        known.withLock { $0[machine] = items }
        return items
    }

    private static func item(_ service: ServiceTables.Service) -> [String: String] {
        let number = String(service.number, radix: 16, uppercase: true)
        return ["": service.name, "number": "0x\(number)", "arguments": String(service.argumentBytes / 4)]
    }
}
