import CZydis

/// A register that an operand can name.
struct RegisterName: Hashable {
    enum Kind: UInt8 {
        case general
        case segment
        case control
        case debug
    }

    var kind: Kind
    /// In bytes; 2 for segment registers.
    var size: Int
    /// The number in the encoding: al, ax, eax are 0.
    var number: UInt32

    /// The register that `name` spells, in either case.
    static func named(_ name: String) -> RegisterName? {
        (2...3).contains(name.utf8.count) ? all[name.lowercased()] : nil
    }

    static let cl = RegisterName(kind: .general, size: 1, number: 1)
    static let dx = RegisterName(kind: .general, size: 2, number: 2)

    /// For messages.
    var description: String {
        kind == .general ? "a \(size * 8)-bit register" : "a \(kind) register"
    }

    var isAccumulator: Bool { kind == .general && number == 0 }

    /// The register of another width with the same number.
    func resized(to size: Int) -> RegisterName { RegisterName(kind: kind, size: size, number: number) }

    var zydis: ZydisRegister {
        let first =
            switch (kind, size) {
            case (.segment, _): ZYDIS_REGISTER_ES
            case (.control, _): ZYDIS_REGISTER_CR0
            case (.debug, _): ZYDIS_REGISTER_DR0
            case (.general, 1): ZYDIS_REGISTER_AL
            case (.general, 2): ZYDIS_REGISTER_AX
            default: ZYDIS_REGISTER_EAX
            }
        return ZydisRegister(rawValue: first.rawValue + number)
    }

    private static let all: [String: RegisterName] = {
        var table: [String: RegisterName] = [:]
        func add(_ names: String, _ kind: Kind, size: Int) {
            for (number, name) in names.split(separator: " ").enumerated() {
                table[String(name)] = RegisterName(kind: kind, size: size, number: UInt32(number))
            }
        }
        add("al cl dl bl ah ch dh bh", .general, size: 1)
        add("ax cx dx bx sp bp si di", .general, size: 2)
        add("eax ecx edx ebx esp ebp esi edi", .general, size: 4)
        add("es cs ss ds fs gs", .segment, size: 2)
        add("cr0 cr1 cr2 cr3 cr4", .control, size: 4)
        add("dr0 dr1 dr2 dr3 dr4 dr5 dr6 dr7", .debug, size: 4)
        return table
    }()
}
