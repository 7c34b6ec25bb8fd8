import CZydis

/// A page of the processor's own manual: everything about one mnemonic, from the declarations beside the semantics.
public struct InstructionReference: Sendable {
    /// The mnemonic in upper case, as it was asked for: `JE`.
    public let name: String
    /// Mnemonics that mean exactly the same, in upper case, sorted: `JZ`.
    public let otherNames: [String]
    /// What Jcc, SETcc and CMOVcc test; `nil` for everything else.
    public let condition: ConditionCode?
    /// What the mnemonic does, first in its common form, then in those with special registers or far targets.
    public let entries: [InstructionEntry]

    /// The page of a mnemonic in any case, or `nil` if this processor executes no instruction of that name.
    ///
    /// Aliases are Zydis' and NASM's: `je`, `sal`, `retn`. Families have pages too: `jcc`, `movs`; so have the prefixes.
    public static func named(_ name: String) -> InstructionReference? {
        let name = name.lowercased()
        if let prefix = prefixes[name] {
            return InstructionReference(name, entries: [prefix.entry], others: prefix.names)
        }
        if let family = families[name] { return InstructionReference(name, entries: [family.entry]) }
        guard let mnemonic = Mnemonic.named(name), let operation = operation(of: mnemonic) else { return nil }
        let condition = ConditionCode(mnemonic: mnemonic.zydisName)
        return InstructionReference(
            name, entries: ([operation] + operation.furtherForms).map(\.entry), others: mnemonic.sameNames,
            condition: operation.hasCondition ? condition : nil)
    }

    /// Every name that ``named(_:)`` knows, in lower case, sorted.
    public static let mnemonics: [String] = {
        let executed = Mnemonic.allNames.filter { Mnemonic.named($0).flatMap(operation(of:)) != nil }
        return (executed + Array(prefixes.keys) + Array(families.keys)).sorted()
    }()

    /// Whether some x86 processor has an instruction of that name, though ours may not.
    public static func isInstruction(_ name: String) -> Bool { Mnemonic.isReserved(name.lowercased()) }

    private init(
        _ name: String, entries: [InstructionEntry], others: [String] = [], condition: ConditionCode? = nil
    ) {
        self.name = name.uppercased()
        self.entries = entries
        self.condition = condition
        otherNames = others.filter { $0 != name }.map { $0.uppercased() }.sorted()
    }

    private static func operation(of mnemonic: Mnemonic) -> Operation? {
        mnemonic.form == .farReturn ? .retFar : OperationTable.operation(of: mnemonic.zydis)
    }

    private static let prefixes: [String: (entry: InstructionEntry, names: [String])] = [
        "rep": (.repeated, []), "lock": (.locked, []),
        "repe": (.repeatedWhileEqual, ["repe", "repz"]), "repz": (.repeatedWhileEqual, ["repe", "repz"]),
        "repne": (.repeatedWhileNotEqual, ["repne", "repnz"]), "repnz": (.repeatedWhileNotEqual, ["repne", "repnz"]),
    ]

    private static let families: [String: Operation] = [
        "jcc": .jcc, "setcc": .setcc, "cmovcc": .cmov, "movs": .movs, "cmps": .cmps, "stos": .stos, "lods": .lods,
        "scas": .scas, "ins": .ins, "outs": .outs,
    ]
}

extension Mnemonic {
    fileprivate var zydisName: String { ZydisMnemonicGetString(zydis).map { String(cString: $0) } ?? name }

    /// All names of the same instruction, this one included.
    fileprivate var sameNames: [String] {
        Self.allNames.filter { Self.named($0).map { $0.zydis == zydis && $0.form == form } ?? false }
    }
}

extension Operation {
    fileprivate var hasCondition: Bool { self == .jcc || self == .setcc || self == .cmov }
}
