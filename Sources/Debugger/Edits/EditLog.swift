/// A change that was made, and how to take it back.
public struct AppliedEdit: Hashable, Sendable {
    /// How many steps the machine had taken when the change was made.
    public let step: Int
    /// The change.
    public let edit: MachineEdit
    /// What takes it back, as long as the machine has not run on.
    public let inverse: MachineEdit
}

/// The changes that a person made to one machine, oldest first: the only way in which a session changes a machine
/// otherwise than by running it.
public struct EditLog: Sendable {
    /// The changes that stand.
    public private(set) var edits: [AppliedEdit] = []

    /// Nothing was changed yet.
    public init() {}

    /// Makes a change and remembers it.
    /// - Throws: why it is impossible; then nothing has changed.
    @discardableResult
    public mutating func apply(_ edit: MachineEdit, to machine: Machine) throws(EditError) -> AppliedEdit {
        let applied = AppliedEdit(step: machine.stepCount, edit: edit, inverse: try edit.apply(to: machine))
        edits.append(applied)
        return applied
    }

    /// Takes the newest change back. Once the machine has run on, what it did since may rest on the change.
    /// - Throws: that there is no change, or that the machine has run on.
    @discardableResult
    public mutating func undo(on machine: Machine) throws(EditError) -> AppliedEdit {
        guard let last = edits.last else { throw EditError("nothing was changed") }
        guard last.step == machine.stepCount else {
            throw EditError(
                "the machine has run on since the last change, so it cannot be taken back alone",
                note: "write the old value again: \(last.inverse)")
        }
        _ = try last.inverse.apply(to: machine)
        edits.removeLast()
        return last
    }
}

extension MachineEdit: CustomStringConvertible {
    /// As it would be typed: `r eax=00000005`, `wrmsr 176 804d7000`, `eb 7ffe0300 90 90`.
    public var description: String {
        switch self {
        case .register(let register, let value): "r \(register.name)=\(NumberFormat.padded(value, to: 8))"
        case .instructionPointer(let value): "r eip=\(NumberFormat.padded(value, to: 8))"
        case .flags(let value): "r efl=\(NumberFormat.padded(value, to: 8))"
        case .modelSpecific(let index, let value):
            "wrmsr \(NumberFormat.padded(index, to: 1)) \(NumberFormat.hexadecimal(value))"
        case .memory(let address, let bytes):
            "eb \(NumberFormat.padded(address, to: 8)) "
                + bytes.prefix(16).map { NumberFormat.padded($0, to: 2) }.joined(separator: " ")
                + (bytes.count > 16 ? " … (\(bytes.count) bytes)" : "")
        }
    }
}

extension EditLog {
    /// Whether a change that stands wrote any of `count` bytes from a linear address on.
    public func touches(_ address: UInt32, count: Int) -> Bool {
        edits.contains { applied in
            guard case .memory(let start, let bytes) = applied.edit else { return false }
            return Int(start &- address) < count || Int(address &- start) < bytes.count
        }
    }
}
