import X86

extension TestMachine {
    /// Bits of DR7 and DR6.
    enum Debug {
        static let local0: UInt32 = 1
        static let global0: UInt32 = 2
        static let local1: UInt32 = 4
        static let guarded: UInt32 = 1 << 13
        static let write0: UInt32 = 1 << 16
        static let port0: UInt32 = 2 << 16
        static let access0: UInt32 = 3 << 16
        static let twoBytes0: UInt32 = 1 << 18
        static let fourBytes0: UInt32 = 3 << 18
        static let accessDetected: UInt32 = 1 << 13
        static let singleStep: UInt32 = 1 << 14
    }

    /// Instructions that put an address in DR0 and arm it, for the ring-0 setup of a machine.
    static func arming(_ address: UInt32, _ control: UInt32, extensions: Bool = false) -> String {
        """
        \(extensions ? "mov eax, 8\nmov cr4, eax" : "")
        mov eax, \(address)
        mov dr0, eax
        mov eax, \(control)
        mov dr7, eax
        """
    }

    /// The four bits of DR6 that name breakpoints.
    var metBreakpoints: UInt32 { debugRegister(6) & 0xF }
}

extension StepOutcome {
    /// The rule behind a debug exception, if that is what happened.
    var debugCheck: Check? { exception.flatMap { $0.vector == .debug ? $0.check : nil } }
}
