/// What register names mean beyond the registers that a machine has: parts, flags and other names.
enum RegisterName {
    /// A part of a register.
    struct Part: Hashable, Sendable {
        /// The register that holds it.
        let whole: String
        /// Its lowest bit.
        let shift: Int
        /// Its width in bits.
        let width: Int

        /// The part's value, given the whole register's.
        func cut(from value: UInt64) -> UInt64 {
            (value >> UInt64(shift)) & ((1 << UInt64(width)) - 1)
        }
    }

    /// Whether the name is a register even without `@`, and before any symbol: WinDbg's "very common registers".
    static func needsNoSign(_ word: String) -> Bool {
        common.contains(word.lowercased())
    }

    /// The part of a register that a lower-case name stands for.
    static func part(_ name: String) -> Part? {
        parts[name]
    }

    /// The other name under which a machine may know a lower-case name.
    static func alias(of name: String) -> String? {
        switch name {
        case "efl": "eflags"
        case "$ip": "eip"
        case "$csp": "esp"
        case "$retreg": "eax"
        default: nil
        }
    }

    /// Names to suggest to someone who mistyped one.
    static let known: [String] = common.union(parts.keys).union(others).sorted()

    private static let common: Set<String> = [
        "eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "esp", "eip", "efl",
    ]
    private static let others: Set<String> = [
        "eflags", "cs", "ss", "ds", "es", "fs", "gs", "cr0", "cr2", "cr3", "cr4", "cpl", "$ip", "$csp",
        "$retreg",
    ]

    private static let parts: [String: Part] = {
        var parts: [String: Part] = [:]
        for letter in ["a", "b", "c", "d"] {
            parts[letter + "x"] = Part(whole: "e\(letter)x", shift: 0, width: 16)
            parts[letter + "l"] = Part(whole: "e\(letter)x", shift: 0, width: 8)
            parts[letter + "h"] = Part(whole: "e\(letter)x", shift: 8, width: 8)
        }
        for name in ["si", "di", "bp", "sp", "ip"] { parts[name] = Part(whole: "e" + name, shift: 0, width: 16) }
        for (name, bit) in flags { parts[name] = Part(whole: "eflags", shift: bit, width: 1) }
        parts["fl"] = Part(whole: "eflags", shift: 0, width: 16)
        parts["iopl"] = Part(whole: "eflags", shift: 12, width: 2)
        return parts
    }()

    /// Source: Intel SDM volume 1, "EFLAGS Register". NT is missing: as a bare word it would shadow the module's name.
    private static let flags = [
        "cf": 0, "pf": 2, "af": 4, "zf": 6, "sf": 7, "tf": 8, "if": 9, "df": 10, "of": 11, "rf": 16, "vm": 17,
        "ac": 18, "vif": 19, "vip": 20, "id": 21,
    ]
}
