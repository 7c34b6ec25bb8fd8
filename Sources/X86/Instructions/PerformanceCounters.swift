/// RDPMC (SDM vol. 2). Nothing starts the counters here, so they stand at zero.
extension CPU {
    mutating func readPerformanceCounter() throws(Exception) {
        if control.cr4 & ControlRegisters.performanceCounterEnable == 0 { try requireRingZero() }
        guard general[.ecx] < model.performanceCounters else { throw .generalProtection(0, .noSuchCounter) }
        general[.eax] = 0
        general[.edx] = 0
    }
}

extension CPUModel {
    /// The P6 has two counters, the Athlon four.
    fileprivate var performanceCounters: UInt32 { vendor == "AuthenticAMD" ? 4 : 2 }
}
