/// Alignment checks (SDM vol. 3, 6.15, #AC): in ring 3 only, and only if both CR0.AM and EFLAGS.AC ask for them.
extension CPU {
    @inline(__always)
    mutating func checkAlignment(_ linear: UInt32, _ size: UInt32) throws(Exception) {
        if linear & (size &- 1) != 0, cpl == 3 { try refuseMisalignment() }
    }

    @inline(never)
    private mutating func refuseMisalignment() throws(Exception) {
        guard control.cr0 & ControlRegisters.alignmentMask != 0, flag(Flags.alignmentCheck) else { return }
        throw Exception(.alignmentCheck, errorCode: 0, .misaligned)
    }
}
