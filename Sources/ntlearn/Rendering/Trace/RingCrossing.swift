import Debugger
import X86

/// The moment at which the ring changes, and what let the processor through.
struct RingCrossing {
    let from: UInt8
    let to: UInt8
    /// `INT 2Eh through its IDT gate (DPL 3), TSS stack`
    let door: String

    /// - Returns: nil for a step that stays in its ring.
    init?(_ step: TraceStep) {
        var rings: (UInt8, UInt8)?
        var door: String?
        for effect in step.effects {
            switch effect {
            case .changeRing(let from, let to): rings = (from, to)
            case .checkGate(let vector, let dpl, _, let software): door = Self.gateText((vector, dpl, software))
            case .checkCallGate(let selector, let dpl, _): door = Self.callGateText(selector, dpl)
            case .switchTask(let old, let new, _): door = Self.taskText(old, new)
            default: break
            }
        }
        guard let rings else { return nil }
        (from, to) = rings
        self.door = door ?? Self.instructionText(step.code.mnemonic)
    }

    private static func gateText(_ gate: (vector: UInt8, dpl: UInt8, software: Bool)) -> String {
        let number = Hex.manual(gate.vector)
        let name = Exception.Vector(rawValue: gate.vector)?.mnemonic ?? "vector \(number)"
        return gate.software
            ? "INT \(number) through its IDT gate (DPL \(gate.dpl)), TSS stack"
            : "\(name) through IDT gate \(number), TSS stack"
    }

    private static func callGateText(_ selector: UInt16, _ dpl: UInt8) -> String {
        "CALL through call gate \(Hex.manual(selector)) (DPL \(dpl)), TSS stack"
    }

    private static func taskText(_ old: UInt16, _ new: UInt16) -> String {
        "task switch from TSS \(Hex.manual(old)) to TSS \(Hex.manual(new))"
    }

    private static func instructionText(_ mnemonic: String) -> String {
        switch mnemonic {
        case "sysenter": "SYSENTER, EIP from MSR 176h, ESP from MSR 175h"
        case "sysexit": "SYSEXIT, EIP from EDX, ESP from ECX"
        case "syscall": "SYSCALL, EIP from MSR C0000081h, ESP stays"
        case "sysret": "SYSRET, EIP from ECX, ESP stays"
        case "iretd", "iret": "IRETD, EIP, CS, EFLAGS, ESP and SS from the stack"
        default: "\(mnemonic.uppercased())"
        }
    }
}
