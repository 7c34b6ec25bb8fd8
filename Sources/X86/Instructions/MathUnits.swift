/// The x87 and MMX units are not implemented: what CR0 says comes first, as in a processor that has them
/// (SDM vol. 3, 2.5 and table 12-1); otherwise the instruction is named as missing.
extension CPU {
    func refuseFloatingPoint(_ instruction: Instruction) throws(Exception) {
        if control.cr0 & (ControlRegisters.emulation | ControlRegisters.taskSwitched) != 0 {
            throw Exception(.deviceNotAvailable, .mathDisabled)
        }
        throw .unexecutable(instruction)
    }

    /// WAIT has nothing to wait for; with CR0.MP and CR0.TS it asks for the owner of the unit.
    func waitForFloatingPoint() throws(Exception) {
        let both = ControlRegisters.monitorCoprocessor | ControlRegisters.taskSwitched
        if control.cr0 & both == both { throw Exception(.deviceNotAvailable, .mathDisabled) }
    }

    func refuseMultimedia(_ instruction: Instruction) throws(Exception) {
        let bits = control.cr0 & (ControlRegisters.emulation | ControlRegisters.taskSwitched)
        if bits == ControlRegisters.taskSwitched { throw Exception(.deviceNotAvailable, .mathDisabled) }
        throw .unexecutable(instruction)
    }
}
