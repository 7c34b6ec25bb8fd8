/// Putting a processor where an operating system would have brought it, for a program that wants no system around it.
extension CPU {
    /// Ring `ring` with paging on and flat segments. Rings 0 and 3 have NT's selectors: 08h, 10h, 1Bh, 23h.
    ///
    /// There are no descriptor tables behind the selectors: loading a segment register or going through a gate faults.
    /// - Parameters:
    ///   - ring: 0 to 3; a larger number counts as 3.
    ///   - pageDirectory: its physical address.
    public mutating func enterFlat(ring: UInt8, pageDirectory: UInt32) {
        let ring = min(ring, 3)
        let code = Self.flatCodeSelectors[Int(ring)] | UInt16(ring)
        let data = SegmentRegister.flatData(selector: code &+ 8, dpl: ring)
        for name in SegmentName.allCases { segments[name] = data }
        segments[.cs] = .flatCode(selector: code, dpl: ring)
        cpl = ring
        // As NT runs it: paging, supervisor write protection, native math errors, and no x87 unit.
        control.cr0 =
            ControlRegisters.paging | ControlRegisters.writeProtect | ControlRegisters.numericError
            | ControlRegisters.extensionType | ControlRegisters.emulation | ControlRegisters.protectionEnable
        control.cr3 = pageDirectory
        var nobody = NoTracer()
        flushTranslations(&nobody)
    }

    private static let flatCodeSelectors: [UInt16] = [0x08, 0x28, 0x38, 0x18]
}
