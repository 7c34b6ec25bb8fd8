/// A processor that could be bought: what CPUID says of it, and what it really executes.
///
/// Sources: Intel AP-485 and AMD 20734 for signatures and feature bits as real chips reported them.
/// The `pentium-pro` row is deliberate: SEP reads as one and SYSENTER does not work.
public struct CPUModel: Hashable, Sendable {
    /// The name on the command line, such as `pentium3`.
    public let name: String
    /// The marketing name, for people.
    public let title: String
    /// The twelve characters of CPUID leaf 0.
    public let vendor: String
    /// EAX of CPUID leaf 1: family, model and stepping.
    public let signature: UInt32
    /// EDX of CPUID leaf 1.
    public let features: UInt32
    /// EDX of CPUID leaf 80000001h, or `nil` without extended leaves.
    public let extendedFeatures: UInt32?
    /// Whether SYSENTER and SYSEXIT work, whatever SEP says.
    public let hasSystemEnter: Bool
    /// Whether SYSCALL and SYSRET work in legacy mode, whatever the feature bit says.
    public let hasSystemCall: Bool

    /// All models, oldest first.
    public static let all: [CPUModel] = [
        CPUModel("486", "Intel 486 DX4", .intel, 0x480, 0x0000_0003),
        CPUModel("pentium", "Intel Pentium", .intel, 0x52C, 0x0000_01BF),
        CPUModel("pentium-pro", "Intel Pentium Pro", .intel, 0x619, 0x0000_FBFF),
        CPUModel("pentium2", "Intel Pentium II", .intel, 0x634, 0x0080_FBFF, enter: true),
        CPUModel("pentium3", "Intel Pentium III", .intel, 0x673, 0x0383_FBFF, enter: true),
        CPUModel("k6", "AMD K6", .amd, 0x562, 0x0080_01BF, extended: 0x0080_05BF),
        CPUModel("k6-2", "AMD K6-2", .amd, 0x58C, 0x0080_21BF, extended: 0x8080_29BF, call: true),
        CPUModel("athlon", "AMD Athlon", .amd, 0x642, 0x0183_FBFF, extended: 0xC1C7_FBFF, enter: true, call: true),
    ]

    /// The model of that name, or `nil`.
    public static func named(_ name: String) -> CPUModel? {
        all.first { $0.name == name.lowercased() }
    }

    private enum Maker: String {
        case intel = "GenuineIntel"
        case amd = "AuthenticAMD"
    }

    private init(
        _ name: String, _ title: String, _ maker: Maker, _ signature: UInt32, _ features: UInt32,
        extended: UInt32? = nil, enter: Bool = false, call: Bool = false
    ) {
        self.name = name
        self.title = title
        self.vendor = maker.rawValue
        self.signature = signature
        self.features = features
        self.extendedFeatures = extended
        self.hasSystemEnter = enter
        self.hasSystemCall = call
    }
}

extension CPUModel {
    /// Bits of CPUID leaf 1, EDX (SDM vol. 2, CPUID).
    enum Feature {
        static let virtualModeExtension: UInt32 = 1 << 1
        static let debuggingExtensions: UInt32 = 1 << 2
        static let pageSizeExtension: UInt32 = 1 << 3
        static let timeStampCounter: UInt32 = 1 << 4
        static let modelSpecificRegisters: UInt32 = 1 << 5
        static let physicalAddressExtension: UInt32 = 1 << 6
        static let machineCheck: UInt32 = 1 << 7
        static let compareExchange8: UInt32 = 1 << 8
        static let systemEnter: UInt32 = 1 << 11
        static let pageGlobal: UInt32 = 1 << 13
        static let conditionalMove: UInt32 = 1 << 15
        static let pageAttributeTable: UInt32 = 1 << 16
        static let pageSizeExtension36: UInt32 = 1 << 17
        static let multimedia: UInt32 = 1 << 23
        static let fastSave: UInt32 = 1 << 24
        static let streamingExtensions: UInt32 = 1 << 25
    }

    /// The bits of CR4 that this model has; writing any other is a fault (SDM vol. 3, 2.5).
    var definedCR4: UInt32 {
        let bits: [(feature: UInt32, control: UInt32)] = [
            (Feature.virtualModeExtension, 0b11), (Feature.timeStampCounter, 1 << 2),
            (Feature.debuggingExtensions, 1 << 3), (Feature.pageSizeExtension, 1 << 4),
            (Feature.physicalAddressExtension, 1 << 5), (Feature.machineCheck, 1 << 6),
            (Feature.pageGlobal, 1 << 7), (Feature.conditionalMove, 1 << 8),  // PCE came with the P6, like CMOV
            (Feature.fastSave, 1 << 9), (Feature.streamingExtensions, 1 << 10),
        ]
        return bits.reduce(0) { has($1.feature) ? $0 | $1.control : $0 }
    }

    func has(_ feature: UInt32) -> Bool { features & feature != 0 }

    /// AMD's 3DNow!: bit 31 of 80000001h, EDX.
    var has3DNow: Bool { (extendedFeatures ?? 0) >> 31 != 0 }

    /// AMD's extensions to MMX, a part of SSE: bit 22 of 80000001h, EDX.
    private var hasMultimediaExtensions: Bool { (extendedFeatures ?? 0) >> 22 & 1 != 0 }

    /// Whether this model executes the operation at all; where not, it is an undefined opcode.
    func executes(_ operation: Operation) -> Bool {
        switch operation {
        case .sysenter, .sysexit: hasSystemEnter
        case .syscall, .sysret: hasSystemCall
        case .cmov: has(Feature.conditionalMove)
        case .cmpxchg8b: has(Feature.compareExchange8)
        case .rdtsc: has(Feature.timeStampCounter)
        case .rdpmc: has(Feature.conditionalMove)  // came with the P6, like CMOV
        case .prefetch: has3DNow
        case .prefetchHint: has(Feature.streamingExtensions) || hasMultimediaExtensions
        case .rdmsr, .wrmsr: has(Feature.modelSpecificRegisters)
        default: true
        }
    }

    /// What CPUID returns for a leaf: EAX, EBX, ECX, EDX. An unknown leaf gives the highest basic one.
    public func cpuid(leaf: UInt32) -> (eax: UInt32, ebx: UInt32, ecx: UInt32, edx: UInt32) {
        switch leaf {
        case 0: (1, vendorWord(0), vendorWord(8), vendorWord(4))
        case 0x8000_0000 where extendedFeatures != nil:
            (0x8000_0001, vendorWord(0), vendorWord(8), vendorWord(4))
        case 0x8000_0001 where extendedFeatures != nil: (signature &+ 0x100, 0, 0, extendedFeatures ?? 0)
        default: (signature, 0, 0, features)
        }
    }

    /// Four characters of the vendor string as a little-endian word.
    private func vendorWord(_ offset: Int) -> UInt32 {
        vendor.utf8.dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
