import X86

/// A machine as expressions see it: registers, symbols, memory as the kernel debugger reads it, MSRs.
public struct MachineContext: EvaluationContext {
    private let machine: Machine

    /// Looks at `machine` as it is at each evaluation.
    public init(_ machine: Machine) { self.machine = machine }

    /// A whole register, as ``Machine/register(named:)`` knows it.
    public func register(_ name: String) -> UInt64? { machine.register(named: name).map(UInt64.init) }

    /// A symbol's address.
    public func symbol(_ name: String) -> UInt64? { machine.symbols.symbol(named: name)?.address }

    /// Memory as the kernel debugger reads it: privilege is ignored, absent pages are unreadable.
    public func memory(at address: UInt64, size: Int) -> UInt64? {
        let bytes = machine.bytes(at: UInt32(truncatingIfNeeded: address), count: size)
        guard bytes.count == size else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A model-specific register of this processor model.
    public func msr(_ index: UInt32) -> UInt64? {
        machine.visibleEnd < 1 << 32 ? nil : machine.cpu.msr(index)
    }

    /// Symbols that are spelt alike.
    public func suggestions(for name: String) -> [String] { machine.symbols.suggestions(for: name) }
}

/// Names alone: for answers that may name an address but must not ask the machine for its state.
public struct SymbolContext: EvaluationContext {
    private let symbols: SymbolTable

    /// Knows the symbols of `table` and nothing else.
    public init(_ table: SymbolTable) { symbols = table }

    /// None.
    public func register(_ name: String) -> UInt64? { nil }
    /// A symbol's address.
    public func symbol(_ name: String) -> UInt64? { symbols.symbol(named: name)?.address }
    /// None.
    public func memory(at address: UInt64, size: Int) -> UInt64? { nil }
    /// None.
    public func msr(_ index: UInt32) -> UInt64? { nil }
    /// Symbols that are spelt alike.
    public func suggestions(for name: String) -> [String] { symbols.suggestions(for: name) }
}

extension Machine {
    /// The whole registers that expressions and `r` know, in the order in which a debugger lists them.
    public static let registerNames =
        Register.allCases.map(\.name) + ["eip", "eflags", "cpl"] + SegmentName.allCases.map(\.name)
        + ["cr0", "cr2", "cr3", "cr4", "gdtr", "gdtl", "idtr", "idtl", "tr"]

    /// A whole register's value; `gdtl` and `idtl` are the tables' limits, as WinDbg calls them.
    public func register(named name: String) -> UInt32? {
        if let register = Register.allCases.first(where: { $0.name == name }) { return cpu[register] }
        if let segment = SegmentName.allCases.first(where: { $0.name == name }) {
            return UInt32(cpu.segment(segment).selector)
        }
        switch name {
        case "eip": return cpu.eip
        case "eflags": return cpu.eflags
        case "cpl": return UInt32(cpu.cpl)
        case "cr0", "cr2", "cr3", "cr4": return name.last?.wholeNumberValue.flatMap { cpu.controlRegister($0) }
        case "gdtr": return cpu.gdtr.base
        case "gdtl": return UInt32(cpu.gdtr.limit)
        case "idtr": return cpu.idtr.base
        case "idtl": return UInt32(cpu.idtr.limit)
        case "tr": return UInt32(cpu.tr.selector)
        default: return nil
        }
    }

    /// How many hexadecimal digits show a register or a part of one: `eax` 8, `cs` 4, `al` 2, `zf` and `cpl` 1.
    public static func digits(of name: String) -> Int {
        let name = name.lowercased().drop { $0 == "@" }
        if let part = RegisterName.part(String(name)) { return (part.width + 3) / 4 }
        if SegmentName.allCases.contains(where: { $0.name == name }) || name == "tr" { return 4 }
        return name == "cpl" ? 1 : 8
    }

    /// Evaluates a WinDbg expression on the machine as it is now.
    public func evaluate(_ text: String) throws(ExpressionError) -> UInt64 {
        try Expression(text).evaluate(in: MachineContext(self))
    }

    /// An expression that must be an address.
    public func address(_ text: String) throws(ExpressionError) -> UInt32 {
        UInt32(truncatingIfNeeded: try evaluate(text))
    }
}
