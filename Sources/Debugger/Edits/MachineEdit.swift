import X86

/// A change that a person makes to a machine: what `r`, `wrmsr`, `eb` and `a` do.
///
/// All such changes are values of this type and go through an ``EditLog``: whoever records a machine's past has one
/// place to look at.
public enum MachineEdit: Hashable, Sendable {
    case register(Register, UInt32)
    case instructionPointer(UInt32)
    /// EFLAGS; bits that cannot change stay as they are.
    case flags(UInt32)
    case modelSpecific(index: UInt32, UInt64)
    /// Bytes from a linear address on, whatever the rights of their pages.
    case memory(address: UInt32, [UInt8])

    /// Makes the change.
    /// - Returns: the change that takes it back.
    /// - Throws: why it is impossible; the machine is as it was.
    public func apply(to machine: Machine) throws(EditError) -> MachineEdit {
        switch self {
        case .register(let register, let value):
            let old = machine.cpu[register]
            machine.cpu[register] = value
            return .register(register, old)
        case .instructionPointer(let value):
            let old = machine.cpu.eip
            machine.cpu.eip = value
            return .instructionPointer(old)
        case .flags(let value):
            let old = machine.cpu.eflags
            machine.cpu.eflags = value
            return .flags(old)
        case .modelSpecific(let index, let value): return try Self.set(index, to: value, on: machine)
        case .memory(let address, let bytes): return try Self.write(bytes, at: address, on: machine)
        }
    }

    private static func set(_ index: UInt32, to value: UInt64, on machine: Machine) throws(EditError) -> MachineEdit {
        guard let old = machine.cpu.msr(index) else { throw .noSuchMSR(index, on: machine) }
        do throws(Exception) { try machine.cpu.setMSR(index, to: value) } catch {
            throw EditError("WRMSR refuses this value: \(error.check.explanation)")
        }
        return .modelSpecific(index: index, old)
    }

    private static func write(_ bytes: [UInt8], at address: UInt32, on machine: Machine) throws(EditError)
        -> MachineEdit
    {
        let old = machine.cpu.bytes(at: address, count: bytes.count)
        guard old.count == bytes.count, machine.cpu.patch(bytes, at: address) else {
            let absent = address &+ UInt32(truncatingIfNeeded: min(old.count, bytes.count))
            throw EditError(
                "memory at \(NumberFormat.padded(absent, to: 8)) cannot be written: no page is present there",
                note: "!pte shows what is mapped")
        }
        return .memory(address: address, old)
    }
}

/// Why a machine cannot be changed as somebody wishes.
public struct EditError: Error, Hashable, Sendable {
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// What would work, when there is something to say.
    public let note: String?

    init(_ message: String, note: String? = nil) {
        self.message = message
        self.note = note
    }

    /// Model-specific registers that system calls use, as far as this model has them.
    public static func noSuchMSR(_ index: UInt32, on machine: Machine) -> EditError {
        let known: [UInt32] = [0x10, 0x174, 0x175, 0x176, 0xC000_0080, 0xC000_0081]
        let present = known.filter { machine.cpu.msr($0) != nil }.map { NumberFormat.padded($0, to: 1) }
        return EditError(
            "the \(machine.cpu.model.name) has no MSR \(NumberFormat.padded(index, to: 1))",
            note: present.isEmpty ? "it has none at all" : "it has \(present.joined(separator: ", ")), in hexadecimal")
    }
}
