import X86

extension MachineEdit {
    /// What `r NAME=VALUE` means: a general register, `eip`, `efl`, or a part of one (`al`, `zf`, `iopl`).
    ///
    /// - Parameters:
    ///   - name: without `@`, in any case.
    ///   - value: as an expression yields it; a negative number counts in two's complement.
    /// - Throws: that there is no such register, that it cannot be changed, or that the value does not fit.
    public init(register name: String, value: UInt64, on machine: Machine) throws(EditError) {
        let name = name.lowercased()
        let (whole, part) = try Self.target(name)
        let width = part?.width ?? 32
        guard Self.fits(value, bits: width) else {
            throw EditError("\(NumberFormat.hexadecimal(value)) does not fit in the \(width) bits of \(name)")
        }
        let old = machine.register(named: whole) ?? 0
        let mask = part.map { UInt32((UInt64(1) << UInt64($0.width)) - 1) << UInt32($0.shift) } ?? .max
        let bits = UInt32(truncatingIfNeeded: value) << UInt32(part?.shift ?? 0)
        self = Self.change(of: whole, to: old & ~mask | bits & mask)
    }

    /// Whether a number fits in so many bits, with or without a sign.
    public static func fits(_ value: UInt64, bits: Int) -> Bool {
        guard bits < 64 else { return true }
        return value >> UInt64(bits) == 0 || Int64(bitPattern: value) >> Int64(bits - 1) == -1
    }

    private static func target(_ name: String) throws(EditError) -> (whole: String, part: RegisterName.Part?) {
        let part = RegisterName.part(name)
        let whole = part?.whole ?? RegisterName.alias(of: name) ?? name
        if Register.allCases.contains(where: { $0.name == whole }) || whole == "eip" || whole == "eflags" {
            return (whole, part)
        }
        let known = Machine.registerNames.contains(whole)
        throw EditError(
            known ? "\(name) cannot be changed here" : "there is no register ‘\(name.prefix(20))’",
            note: "these can be changed: \(Register.allCases.map(\.name).joined(separator: " ")) eip efl, "
                + "their parts (al, cx), and flags (zf, if)")
    }

    private static func change(of whole: String, to value: UInt32) -> MachineEdit {
        if let register = Register.allCases.first(where: { $0.name == whole }) { return .register(register, value) }
        return whole == "eip" ? .instructionPointer(value) : .flags(value)
    }
}
