import Debugger

extension PlaceNames {
    /// Names on a guest of ours: NT's trap frame holds what a gate pushes, under these names (`dt nt!_KTRAP_FRAME`).
    init(guest machine: Machine) {
        let isNT = machine.symbols.modules.contains("nt")
        self.init(machine, frameFields: isNT ? Self.trapFrame : [:])
    }

    private static let trapFrame: FrameFields = [
        "SS": "HardwareSegSs", "ESP": "HardwareEsp", "EFLAGS": "EFlags", "CS": "SegCs", "EIP": "Eip",
        "error code": "ErrCode",
    ]
}
