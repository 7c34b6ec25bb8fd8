import X86

/// What a run is after, besides breakpoints.
public enum RunGoal: Sendable {
    /// Nothing: until a breakpoint, or until the machine stops.
    case none
    /// The instruction at a linear address is about to execute.
    case address(UInt32)
    /// The current function has returned: a return instruction has left ESP higher than it was, in the same ring, or
    /// has gone to an outer ring. Neither frame pointers nor matching calls are needed for that.
    case functionReturn
}

/// Follows a run towards its goal, step by step.
struct GoalWatcher {
    private let goal: RunGoal
    private let startESP: UInt32
    private let startCPL: UInt8
    private var isReturning = false

    init(_ goal: RunGoal, on machine: Machine) {
        self.goal = goal
        startESP = machine.cpu[.esp]
        startCPL = machine.cpu.cpl
    }

    /// Called before each step.
    mutating func note(before machine: Machine) {
        guard case .functionReturn = goal else { return }
        isReturning = Self.isReturn(at: machine.cpu.linearEIP, on: machine)
    }

    /// Whether the goal is reached; asked after each step.
    func isReached(by machine: Machine) -> Bool {
        switch goal {
        case .none: false
        case .address(let address): machine.cpu.linearEIP == address
        case .functionReturn: isReturning && hasLeftFrame(of: machine)
        }
    }

    private func hasLeftFrame(of machine: Machine) -> Bool {
        let climbed = Int32(bitPattern: machine.cpu[.esp] &- startESP) > 0
        return machine.cpu.cpl > startCPL || machine.cpu.cpl == startCPL && climbed
    }

    /// RET, RETF, IRET, SYSEXIT or SYSRET, behind prefixes that do not matter.
    private static func isReturn(at address: UInt32, on machine: Machine) -> Bool {
        guard let first = machine.cpu.byte(at: address) else { return false }
        switch first {
        case 0xC2, 0xC3, 0xCA, 0xCB, 0xCF: return true
        case 0x0F: return [0x07, 0x35].contains(machine.cpu.byte(at: address &+ 1))
        case 0xF2, 0xF3: return [0xC2, 0xC3].contains(machine.cpu.byte(at: address &+ 1))
        default: return false
        }
    }
}
