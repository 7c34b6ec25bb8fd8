/// What an instruction does to EFLAGS. Every flag that is named nowhere here keeps its value.
///
/// All members are masks of ``Flags``; no flag is in two of them.
public struct FlagEffects: Hashable, Sendable {
    /// Flags that come out of the operation: computed from a result, or loaded from a register or from memory.
    public let computed: UInt32
    /// Flags that are one afterwards.
    public let set: UInt32
    /// Flags that are zero afterwards.
    public let cleared: UInt32
    /// Flags that the manual gives no value; what this processor leaves in them means nothing.
    public let undefined: UInt32
    /// The exception to the rule, as a sentence, or `nil`.
    public let note: String?

    init(
        computed: UInt32 = 0, set: UInt32 = 0, cleared: UInt32 = 0, undefined: UInt32 = 0, _ note: String? = nil
    ) {
        self.computed = computed
        self.set = set
        self.cleared = cleared
        self.undefined = undefined
        self.note = note
    }

    /// Flags that keep their values.
    public var unchanged: UInt32 {
        Flags.names.reduce(Flags.ioPrivilege) { $0 | $1.mask } & ~(computed | set | cleared | undefined)
    }

    /// The names of the flags in a mask as the manuals write them (`CF`, `IOPL`), from the lowest bit up.
    public static func names(of mask: UInt32) -> [String] {
        let named = Flags.names + [("iopl", Flags.ioPrivilege)]
        return named.filter { mask & $0.mask != 0 }.sorted { $0.mask < $1.mask }.map { $0.name.uppercased() }
    }
}

/// The patterns that whole families share.
extension FlagEffects {
    static let none = FlagEffects()
    static let arithmetic = FlagEffects(computed: Flags.status)
    static let logic = FlagEffects(
        computed: Flags.sign | Flags.zero | Flags.parity, cleared: Flags.carry | Flags.overflow,
        undefined: Flags.adjust)
    static let count = FlagEffects(computed: Flags.status & ~Flags.carry)
    static let shift = FlagEffects(
        computed: Flags.status & ~Flags.adjust, undefined: Flags.adjust,
        "A count of zero changes no flag; OF is defined for a count of one only.")
    static let rotate = FlagEffects(
        computed: Flags.carry | Flags.overflow,
        "A count of zero changes no flag; OF is defined for a count of one only.")
    static let multiplication = FlagEffects(
        computed: Flags.carry | Flags.overflow,
        undefined: Flags.sign | Flags.zero | Flags.adjust | Flags.parity)
    static let allStatusUndefined = FlagEffects(undefined: Flags.status)
    static let bitTest = FlagEffects(
        computed: Flags.carry, undefined: Flags.overflow | Flags.sign | Flags.adjust | Flags.parity)
    static let bitScan = FlagEffects(computed: Flags.zero, undefined: Flags.status & ~Flags.zero)
    static let unpacked = FlagEffects(
        computed: Flags.carry | Flags.adjust,
        undefined: Flags.overflow | Flags.sign | Flags.zero | Flags.parity)
    static let packed = FlagEffects(computed: Flags.status & ~Flags.overflow, undefined: Flags.overflow)
    static let digits = FlagEffects(
        computed: Flags.sign | Flags.zero | Flags.parity,
        undefined: Flags.overflow | Flags.adjust | Flags.carry)
    static let zeroOnly = FlagEffects(computed: Flags.zero)
    static let gate = FlagEffects(
        computed: Flags.interrupt,
        cleared: Flags.trap | Flags.nestedTask | Flags.resume | Flags.virtual8086,
        "An interrupt gate clears IF, a trap gate keeps it. The pushed image holds the old flags.")
}
