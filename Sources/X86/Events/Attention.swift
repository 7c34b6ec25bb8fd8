/// Why the next step may be more than one instruction: the one thing that the hot loop tests at a boundary.
///
/// It is worked out by whoever changes what it depends on, so that a boundary without events costs one test.
struct Attention: OptionSet {
    let rawValue: UInt8
    /// The processor is halted or has shut down.
    static let stopped = Attention(rawValue: 1)
    /// TF or RF is set.
    static let flags = Attention(rawValue: 2)
    /// STI, MOV SS or POP SS came just before.
    static let shadow = Attention(rawValue: 4)
    /// Something that DR6 will report waits for its boundary.
    static let debugTrap = Attention(rawValue: 8)
    /// DR7 arms a breakpoint.
    static let breakpoints = Attention(rawValue: 16)
    /// An NMI, or an interrupt while IF is set, waits to be taken.
    static let interrupt = Attention(rawValue: 32)

    /// The flags that it depends on.
    static let watchedFlags = Flags.trap | Flags.resume | Flags.interrupt
}

/// What waits for an instruction boundary, or has just passed one.
struct PendingEvents: Equatable {
    var shadow: InterruptShadow = []
    /// Bits of DR6 that the next debug trap will set.
    var debugTraps: UInt32 = 0
    var interrupts = InterruptRequests()
}

extension CPU {
    /// Must be called after a change of what `attention` depends on: TF, RF, IF, DR7, `events`, a halt.
    mutating func updateAttention() {
        var new: Attention = []
        if isHalted || isShutDown { new.insert(.stopped) }
        if flags & (Flags.trap | Flags.resume) != 0 { new.insert(.flags) }
        if !events.shadow.isEmpty { new.insert(.shadow) }
        if events.debugTraps != 0 { new.insert(.debugTrap) }
        if debugRegisters[7] & DebugControl.enables != 0 { new.insert(.breakpoints) }
        if events.interrupts.wantsNMI || events.interrupts.highest != nil && flags & Flags.interrupt != 0 {
            new.insert(.interrupt)
        }
        attention = new
    }
}
