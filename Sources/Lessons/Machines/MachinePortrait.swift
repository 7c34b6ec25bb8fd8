import Debugger
import X86

/// A machine after its boot: everything is read from it, or was seen while it ran.
public struct MachinePortrait {
    /// An MSR of the system-call path.
    public struct MSR: Hashable, Sendable {
        /// Number.
        public let index: UInt32
        /// The manuals' name.
        public let name: String
        /// `nil` on a processor that has none of that number.
        public let value: UInt64?
    }

    /// The file.
    public let file: MachineFile
    /// The processor.
    public let model: CPUModel
    /// How it booted.
    public let boot: BootRecord
    /// Before its first instruction in ring 3, or where it stopped.
    public let machine: Machine
    /// The first call that the program makes, made on a machine of its own; `nil` if there is none.
    public let call: CallPath?

    /// The registers that decide where a system call arrives, as they are now.
    public var msrs: [MSR] {
        Self.registers.map { MSR(index: $0.index, name: $0.name, value: machine.cpu.msr($0.index)) }
    }

    private static let registers: [(index: UInt32, name: String)] = [
        (0x174, "SYSENTER_CS_MSR"), (0x175, "SYSENTER_ESP_MSR"), (0x176, "SYSENTER_EIP_MSR"), (0xC000_0080, "EFER"),
        (0xC000_0081, "STAR"),
    ]

    /// What the boot code itself gives as the reason for the way it chose, the text behind `nt!BootSystemCallReason`;
    /// `nil` if the machine has no such symbol, or it points to no text.
    public var reason: String? {
        let name = "nt!BootSystemCallReason"
        guard boot.end == .ring3, let symbol = machine.symbols.symbol(named: name), symbol.name == name,
            let pointer = MachineContext(machine).memory(at: symbol.address, size: 4)
        else { return nil }
        let bytes = machine.cpu.bytes(at: UInt32(truncatingIfNeeded: pointer), count: Self.longestReason)
        let text = bytes.prefix { $0 != 0 }
        guard !text.isEmpty, text.count < bytes.count, text.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return nil
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// In bytes, with the zero at the end.
    private static let longestReason = 256

    /// The service tables that threads begin with, and those that only GUI threads have.
    public var serviceTables: [ServiceTables.Table] { ServiceTables(of: machine).tables }

    /// SS and ESP that the TSS holds for ring 0; `nil` without a task.
    public var ring0Stack: (ss: UInt16, esp: UInt32)? {
        let context = MachineContext(machine)
        let base = UInt64(machine.cpu.tr.base)
        guard machine.cpu.tr.selector != 0, let esp = context.memory(at: base + 4, size: 4),
            let ss = context.memory(at: base + 8, size: 2)
        else { return nil }
        return (UInt16(truncatingIfNeeded: ss), UInt32(truncatingIfNeeded: esp))
    }
}

extension MachineLibrary {
    /// Boots a machine and lets another one of the same kind make its first call.
    public func portrait(of request: MachineRequest) throws(MachineError) -> MachinePortrait {
        let file = try file(imageName(of: request))
        let machine = try machine(for: request)
        let boot = BootRecord(machine)
        var call: CallPath?
        if boot.end == .ring3 {
            let caller = try self.machine(for: request)
            _ = BootRecord(caller)
            call = CallPath(caller)
        }
        return MachinePortrait(file: file, model: try model(for: request), boot: boot, machine: machine, call: call)
    }
}
