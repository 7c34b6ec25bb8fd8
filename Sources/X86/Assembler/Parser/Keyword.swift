/// Words that may begin a statement, and words that an operand may contain.
enum Keyword {
    case mnemonic(Mnemonic)
    case prefix(InstructionPrefix)
    /// `db` to `dq`: bytes in a unit.
    case data(Int)
    /// `resb` to `resq`: bytes in a unit.
    case reserve(Int)
    case times
    case equ
    case directive(String)
    /// Words of NASM's that are not in the subset, with what to do instead.
    case unsupported(String)

    /// The keyword that `name` spells in lower case.
    static func named(_ name: String) -> Keyword? {
        Mnemonic.named(name).map(Keyword.mnemonic) ?? table[name]
    }

    /// Every word that may begin a statement, for "did you mean".
    static var allNames: [String] { Array(Mnemonic.allNames) + table.keys }

    /// Names that no label may have, because NASM would read them as something else.
    static func isReserved(_ name: String) -> Bool {
        named(name) != nil || operandWords.contains(name) || RegisterName.named(name) != nil
            || Mnemonic.isReserved(name) || isForeignRegister(name)
    }

    static let sizes = ["byte": 1, "word": 2, "dword": 4, "qword": 8]

    private static let operandWords: Set<String> = [
        "byte", "word", "dword", "qword", "tword", "oword", "yword", "zword", "short", "near", "far", "to", "strict",
        "nosplit", "rel", "abs", "seg", "wrt", "dup",
    ]

    private static let table: [String: Keyword] = [
        "db": .data(1), "dw": .data(2), "dd": .data(4), "dq": .data(8),
        "resb": .reserve(1), "resw": .reserve(2), "resd": .reserve(4), "resq": .reserve(8),
        "times": .times, "equ": .equ,
        "rep": .prefix(.rep), "repe": .prefix(.repe), "repz": .prefix(.repe), "repne": .prefix(.repne),
        "repnz": .prefix(.repne), "lock": .prefix(.lock), "a16": .prefix(.a16), "o16": .prefix(.o16),
        "a32": .prefix(.a32), "o32": .prefix(.o32),
        "bits": .directive("bits"), "org": .directive("org"), "section": .directive("section"),
        "segment": .directive("section"), "align": .directive("align"), "alignb": .directive("alignb"),
        "struc": .directive("struc"), "endstruc": .directive("endstruc"),
        "istruc": .directive("istruc"), "at": .directive("at"), "iend": .directive("iend"),
        "global": .unsupported("a flat binary has no linker: every label is in `symbols`"),
        "extern": .unsupported("a flat binary has no linker: `%include` the file that defines the name"),
        "common": .unsupported("a flat binary has no linker: use `resb` in a `nobits` section"),
        "absolute": .unsupported("use `equ` for offsets, or a `nobits` section with `vstart=`"),
        "incbin": .unsupported("write the bytes with `db`"),
        "use16": .unsupported("only 32-bit code can be assembled"),
        "use32": .unsupported("write `bits 32`"),
        "cpu": .unsupported("the machine decides which instructions its processor has"),
        "default": .unsupported("addresses are always absolute in 32-bit code"),
        "dt": .unsupported("write the bytes with `db`"), "do": .unsupported("write the bytes with `db`"),
        "dy": .unsupported("write the bytes with `db`"), "dz": .unsupported("write the bytes with `db`"),
        "rest": .unsupported("use `resb`"), "reso": .unsupported("use `resb`"), "resy": .unsupported("use `resb`"),
        "resz": .unsupported("use `resb`"),
    ]

    /// Registers of other modes and units: r8 to r15 and parts, rax, mm0, xmm0, st0, k0, bnd0, tr3.
    static func isForeignRegister(_ name: String) -> Bool {
        guard name.utf8.count <= 5 else { return false }
        if foreignRegisters.contains(name) { return true }
        guard let digit = name.firstIndex(where: \.isNumber) else { return false }
        let stem = name[..<digit]
        let rest = name[digit...].drop(while: \.isNumber)
        switch stem {
        case "r": return ["", "b", "w", "d", "l"].contains(rest)
        case "mm", "xmm", "ymm", "zmm", "st", "k", "bnd", "tr", "cr", "dr", "tmm": return rest.isEmpty
        default: return false
        }
    }

    private static let foreignRegisters: Set<String> = [
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "rip", "eip", "spl", "bpl", "sil", "dil", "segr6",
        "segr7",
    ]
}

/// A prefix written before the mnemonic.
enum InstructionPrefix: String {
    case rep, repe, repne, lock, a16, o16, a32, o32
}
