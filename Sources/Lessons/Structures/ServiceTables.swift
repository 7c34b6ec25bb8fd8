import Debugger
import X86

/// NT's service descriptor tables: which routine a service number leads to, and how many bytes of arguments are copied.
public struct ServiceTables: Sendable {
    /// One service.
    public struct Service: Hashable, Sendable {
        /// What a stub puts into EAX: bits 12 and 13 choose the table, bits 0 to 11 the entry.
        public let number: UInt32
        /// Where its routine lies.
        public let address: UInt32
        /// How many bytes of arguments the dispatcher copies.
        public let argumentBytes: UInt8
        /// The routine's symbol, if one begins there: `nt!NtClose`.
        public let routine: String?
        /// The service's name as ntdll's stub has it, or else the routine's.
        public let name: String
    }

    /// One of the four descriptors of a table.
    public struct Table: Sendable {
        /// The symbol of the structure that it belongs to: `nt!KeServiceDescriptorTable`.
        public let owner: String
        /// Bits 12 and 13 of its numbers.
        public let index: UInt32
        /// Where the array of addresses lies.
        public let base: UInt32
        /// How many services it has.
        public let limit: UInt32
        /// Where the bytes of arguments lie, one for each service.
        public let argumentTable: UInt32
        /// Its services, by number; without those whose address cannot be read.
        public let services: [Service]

        /// Services whose routine is theirs alone and has a name of its own.
        public var named: [Service] {
            let uses = Dictionary(services.map { ($0.address, 1) }, uniquingKeysWith: +)
            return services.filter { uses[$0.address] == 1 && $0.routine.map(ServiceTables.isOwnName) == true }
        }
    }

    /// `nt!Service25` only repeats the number.
    private static func isOwnName(_ routine: String) -> Bool {
        let name = routine.split(separator: "!").last ?? ""
        return !(name.hasPrefix("Service") && name.dropFirst(7).allSatisfy(\.isHexDigit))
    }

    /// The tables that are not empty, each once.
    public let tables: [Table]
    /// The symbol of the tables that the current thread uses, if the machine's structures tell.
    public let currentOwner: String?

    private static let owners = ["nt!KeServiceDescriptorTable", "nt!KeServiceDescriptorTableShadow"]
    /// A table's index has 12 bits.
    private static let most: UInt32 = 0x1000

    /// Reads the tables of a machine; there are none if the symbols are missing, or if their memory is absent.
    public init(of machine: Machine) {
        let names = Self.stubNames(on: machine)
        let all = Self.owners.compactMap { machine.symbols.symbol(named: $0) }.flatMap { owner in
            (0..<4).compactMap { Self.table($0, of: owner, on: machine, names) }
        }
        // The shadow tables repeat the first of the others.
        tables = all.enumerated().filter { position, table in
            !all[..<position].contains { $0.index == table.index && $0.base == table.base }
        }.map(\.element)
        currentOwner = Self.currentTables(on: machine).flatMap { address in
            machine.symbols.location(of: UInt64(address)).map { "\($0)" }
        }
    }

    private static let kernelDataSelector: UInt16 = 0x30

    /// KTHREAD.ServiceTable of the thread that the KPCR names.
    private static func currentTables(on machine: Machine) -> UInt32? {
        func offset(_ type: String, _ field: String) -> UInt32? {
            machine.types.type(named: type)?.fields.first { $0.name == field }.map {
                UInt32(truncatingIfNeeded: $0.offset)
            }
        }
        guard let control = machine.descriptor(kernelDataSelector)?.base, let data = offset("_KPCR", "PrcbData"),
            let current = offset("_KPRCB", "CurrentThread"), let table = offset("_KTHREAD", "ServiceTable"),
            let thread = machine.doubleword(at: control &+ data &+ current)
        else { return nil }
        return machine.doubleword(at: thread &+ table)
    }

    private static func table(
        _ index: UInt32, of owner: Symbol, on machine: Machine, _ names: [UInt32: String]
    ) -> Table? {
        let entry = UInt32(truncatingIfNeeded: owner.address) &+ index * 16
        guard let base = machine.doubleword(at: entry), let limit = machine.doubleword(at: entry &+ 8),
            let bytes = machine.doubleword(at: entry &+ 12), limit > 0, limit <= most
        else { return nil }
        let services = (0..<limit).compactMap { number -> Service? in
            guard let address = machine.doubleword(at: base &+ number * 4) else { return nil }
            let location = machine.symbols.location(of: UInt64(address))
            return Service(
                number: index << 12 | number, address: address,
                argumentBytes: machine.cpu.byte(at: bytes &+ number) ?? 0,
                routine: location.flatMap { $0.offset == 0 ? $0.symbol.name : nil },
                name: names[index << 12 | number] ?? location?.description ?? "(no symbol)")
        }
        return Table(
            owner: owner.name, index: index, base: base, limit: limit, argumentTable: bytes, services: services)
    }

    /// A stub begins with `mov eax, number`; the first name for a number counts.
    private static func stubNames(on machine: Machine) -> [UInt32: String] {
        var names: [UInt32: String] = [:]
        for symbol in machine.symbols.symbols where symbol.baseName.hasPrefix("Nt") && symbol.module != "nt" {
            let address = UInt32(truncatingIfNeeded: symbol.address)
            guard machine.cpu.byte(at: address) == 0xB8, let number = machine.doubleword(at: address &+ 1),
                names[number] == nil
            else { continue }
            names[number] = String(symbol.baseName)
        }
        return names
    }
}
