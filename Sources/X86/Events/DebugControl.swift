/// DR0–DR3 as DR7 arms them (SDM vol. 3, 17.2.4).
///
///      31  30 29  28          19  18 17  16          13      8   7  6  ...  1  0
///     | LEN3 | R/W3 |  ...   | LEN0 | R/W0 |  ...   | GD |  LE  | G3 L3 ... G0 L0 |
struct DebugControl {
    /// DR7.
    let raw: UInt32

    /// What a breakpoint watches for; the value of its R/W field.
    enum Condition: UInt8 {
        case execution, write, port, access
    }

    /// L0–L3 and G0–G3.
    static let enables: UInt32 = 0xFF
    /// L0–L3 and LE, which a task switch clears.
    static let local: UInt32 = 0x155
    /// GD: the next access to a debug register is a fault.
    static let generalDetect: UInt32 = 1 << 13

    func isEnabled(_ number: Int) -> Bool { raw >> UInt32(2 * number) & 3 != 0 }

    /// I/O breakpoints exist while CR4.DE is set; without it their code means nothing.
    func condition(_ number: Int, debuggingExtensions: Bool) -> Condition? {
        let condition = Condition(rawValue: UInt8(raw >> UInt32(16 + 4 * number) & 3))
        return condition == .port && !debuggingExtensions ? nil : condition
    }

    /// Bytes. The code 10b was undefined on these processors; later ones watch eight.
    func length(_ number: Int) -> UInt32 {
        switch raw >> UInt32(18 + 4 * number) & 3 {
        case 0: 1
        case 1: 2
        case 2: 8
        default: 4
        }
    }

    /// Whether an access touches what a breakpoint watches. The length also masks the breakpoint's address.
    func covers(_ number: Int, breakpoint: UInt32, address: UInt32, size: UInt32) -> Bool {
        let length = length(number)
        let start = breakpoint & ~(length &- 1)
        return address &- start < length || start &- address < size
    }

    /// Whether a data or I/O breakpoint is armed, so that accesses must be watched.
    func watchesAccesses(debuggingExtensions: Bool) -> Bool {
        (0..<4).contains {
            guard isEnabled($0), let condition = condition($0, debuggingExtensions: debuggingExtensions) else {
                return false
            }
            return condition != .execution
        }
    }
}

/// The bits of DR6 that say what happened (SDM vol. 3, 17.2.3).
enum DebugStatus {
    /// B0–B3: the breakpoint's condition was met.
    static func breakpoint(_ number: Int) -> UInt32 { 1 << UInt32(number) }
    static let breakpoints: UInt32 = 0xF
    /// BD: the instruction would have touched a debug register while DR7.GD was set.
    static let accessDetected: UInt32 = 1 << 13
    /// BS: single step.
    static let singleStep: UInt32 = 1 << 14
    /// BT: the task that was switched to has the T flag in its TSS.
    static let taskSwitch: UInt32 = 1 << 15
}
