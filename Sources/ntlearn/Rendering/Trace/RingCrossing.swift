import Debugger
import X86

/// The moment at which the ring changes, and what let the processor through.
struct RingCrossing {
    let from: UInt8
    let to: UInt8
    /// What opened the way, as it is called: `INT 2Eh`, `SYSENTER`, `#PF`.
    let name: String
    /// Where the processor found what it needed: `through its IDT gate (DPL 3), TSS stack`; empty if nothing is known.
    let way: String

    /// Both: `INT 2Eh through its IDT gate (DPL 3), TSS stack`
    var door: String {
        if way.isEmpty { return name }
        return way.hasPrefix("through") || way.hasPrefix("from") ? "\(name) \(way)" : "\(name), \(way)"
    }

    /// - Returns: nil for a step that stays in its ring.
    init?(_ step: TraceStep) {
        var rings: (UInt8, UInt8)?
        var door: (String, String)?
        for effect in step.effects {
            switch effect {
            case .changeRing(let from, let to): rings = (from, to)
            case .checkGate(let vector, let dpl, _, let software): door = Self.gate((vector, dpl, software))
            case .checkCallGate(let selector, let dpl, _):
                door = ("CALL", "through call gate \(Hex.manual(selector)) (DPL \(dpl)), TSS stack")
            case .switchTask(let old, let new, _):
                door = ("task switch", "from TSS \(Hex.manual(old)) to TSS \(Hex.manual(new))")
            default: break
            }
        }
        guard let rings else { return nil }
        (from, to) = rings
        (name, way) = door ?? Self.instruction(step.code.mnemonic)
    }

    private static func gate(_ gate: (vector: UInt8, dpl: UInt8, software: Bool)) -> (String, String) {
        let number = Hex.manual(gate.vector)
        let name = Exception.Vector(rawValue: gate.vector)?.mnemonic ?? "vector \(number)"
        return gate.software
            ? ("INT \(number)", "through its IDT gate (DPL \(gate.dpl)), TSS stack")
            : (name, "through IDT gate \(number), TSS stack")
    }

    private static func instruction(_ mnemonic: String) -> (String, String) {
        switch mnemonic {
        case "sysenter": ("SYSENTER", "EIP from MSR 176h, ESP from MSR 175h")
        case "sysexit": ("SYSEXIT", "EIP from EDX, ESP from ECX")
        case "syscall": ("SYSCALL", "EIP from MSR C0000081h, ESP stays")
        case "sysret": ("SYSRET", "EIP from ECX, ESP stays")
        case "iretd", "iret": ("IRETD", "EIP, CS, EFLAGS, ESP and SS from the stack")
        default: (mnemonic.uppercased(), "")
        }
    }
}
