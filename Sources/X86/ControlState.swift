/// CR0, CR2, CR3 and CR4 (SDM vol. 3, 2.5).
struct ControlRegisters: Hashable {
    var cr0: UInt32 = 0x11
    var cr2: UInt32 = 0
    var cr3: UInt32 = 0
    var cr4: UInt32 = 0

    static let protectionEnable: UInt32 = 1 << 0
    static let monitorCoprocessor: UInt32 = 1 << 1
    static let emulation: UInt32 = 1 << 2
    static let taskSwitched: UInt32 = 1 << 3
    static let extensionType: UInt32 = 1 << 4
    static let numericError: UInt32 = 1 << 5
    static let writeProtect: UInt32 = 1 << 16
    static let alignmentMask: UInt32 = 1 << 18
    static let notWriteThrough: UInt32 = 1 << 29
    static let cacheDisable: UInt32 = 1 << 30
    static let paging: UInt32 = 1 << 31
    /// Bits of CR0 that exist: PE, MP, EM, TS, ET, NE, WP, AM, NW, CD, PG.
    static let definedCR0: UInt32 = 0xE005_003F

    static let timeStampDisable: UInt32 = 1 << 2
    static let debuggingExtensions: UInt32 = 1 << 3
    static let pageSizeExtension: UInt32 = 1 << 4
    static let physicalAddressExtension: UInt32 = 1 << 5
    static let performanceCounterEnable: UInt32 = 1 << 8

    var isPagingOn: Bool { cr0 & Self.paging != 0 }
    var isWriteProtectOn: Bool { cr0 & Self.writeProtect != 0 }
    var hasLargePages: Bool { cr4 & Self.pageSizeExtension != 0 }
}

/// The model-specific registers that carry system calls (SDM vol. 4; AMD 21086).
public struct ModelSpecificRegisters: Hashable, Sendable {
    /// Their numbers, as RDMSR takes them in ECX.
    public enum Index {
        /// 10h: the time-stamp counter.
        public static let timeStampCounter: UInt32 = 0x10
        /// 174h: SYSENTER's code segment.
        public static let systemEnterCS: UInt32 = 0x174
        /// 175h: SYSENTER's stack.
        public static let systemEnterESP: UInt32 = 0x175
        /// 176h: SYSENTER's entry.
        public static let systemEnterEIP: UInt32 = 0x176
        /// C0000080h: EFER.
        public static let extendedFeatures: UInt32 = 0xC000_0080
        /// C0000081h: STAR.
        public static let systemCallTarget: UInt32 = 0xC000_0081
    }

    /// 174h: selector of the kernel's code segment for SYSENTER.
    public internal(set) var systemEnterCS: UInt32 = 0
    /// 175h: ESP after SYSENTER.
    public internal(set) var systemEnterESP: UInt32 = 0
    /// 176h: EIP after SYSENTER.
    public internal(set) var systemEnterEIP: UInt32 = 0
    /// C0000080h, EFER: bit 0 is SCE, which enables SYSCALL.
    public internal(set) var extendedFeatures: UInt32 = 0
    /// C0000081h, STAR: SYSCALL's EIP (31:0), its CS (47:32) and SYSRET's CS (63:48).
    public internal(set) var systemCallTarget: UInt64 = 0

    static let systemCallEnable: UInt32 = 1
}
