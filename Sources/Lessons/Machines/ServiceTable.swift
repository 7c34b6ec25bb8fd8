import Debugger

/// One of the four descriptors of the service descriptor table.
public struct ServiceTable: Hashable, Sendable {
    /// A service as the table has it.
    public struct Service: Hashable, Sendable {
        /// What EAX holds for it: table in bits 12–13, index below.
        public let number: UInt32
        /// Address of its routine.
        public let address: UInt32
        /// The routine's symbol, if one begins there.
        public let name: String?
        /// Bytes that are copied from the user's stack.
        public let argumentBytes: UInt8
    }

    /// Which of the tables; bits 12–13 of a service number.
    public let index: Int
    /// Address of the routine pointers.
    public let base: UInt32
    /// How many there are.
    public let limit: UInt32
    /// Address of the argument bytes.
    public let argumentTable: UInt32
    /// The services, by number.
    public let services: [Service]

    /// Those whose routine is theirs alone and has a name of its own.
    public var named: [Service] {
        let uses = Dictionary(services.map { ($0.address, 1) }, uniquingKeysWith: +)
        return services.filter { uses[$0.address] == 1 && $0.name.map(Self.isOwnName) == true }
    }

    /// `nt!Service25` only repeats the number.
    private static func isOwnName(_ name: String) -> Bool {
        let name = name.split(separator: "!").last ?? ""
        return !(name.hasPrefix("Service") && name.dropFirst(7).allSatisfy(\.isHexDigit))
    }
}

extension Machine {
    /// No release has more services in one table.
    private static let mostServices: UInt32 = 4_096

    /// The descriptors in use of `nt!KeServiceDescriptorTable`, or of another symbol such as the shadow table.
    public func serviceTables(at symbol: String = "nt!KeServiceDescriptorTable") -> [ServiceTable] {
        guard let table = symbols.symbol(named: symbol), table.name == symbol else { return [] }
        return (0..<4).compactMap { serviceTable($0, at: table.address + UInt64($0 * 16)) }
    }

    private func serviceTable(_ index: Int, at address: UInt64) -> ServiceTable? {
        let context = MachineContext(self)
        func word(_ offset: UInt64) -> UInt32 {
            UInt32(truncatingIfNeeded: context.memory(at: address + offset, size: 4) ?? 0)
        }
        let (base, limit, arguments) = (word(0), min(word(8), Self.mostServices), word(12))
        guard base != 0, limit > 0 else { return nil }
        let services = (0..<limit).compactMap { number -> ServiceTable.Service? in
            guard let routine = context.memory(at: UInt64(base &+ number &* 4), size: 4) else { return nil }
            let location = symbols.location(of: routine)
            return ServiceTable.Service(
                number: UInt32(index) << 12 | number, address: UInt32(truncatingIfNeeded: routine),
                name: location?.offset == 0 ? location?.symbol.name : nil,
                argumentBytes: UInt8(truncatingIfNeeded: context.memory(at: UInt64(arguments &+ number), size: 1) ?? 0))
        }
        return ServiceTable(index: index, base: base, limit: limit, argumentTable: arguments, services: services)
    }
}
