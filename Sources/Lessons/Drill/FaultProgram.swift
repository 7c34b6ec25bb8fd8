import X86

/// A few instructions of ring 3, the last of which does not get through.
struct FaultProgram {
    /// Assembly text, without labels.
    let lines: [String]
    /// What a learner must know of this machine's memory; empty for nothing.
    let note: String

    init(_ lines: [String], _ note: String = "") {
        self.lines = lines
        self.note = note
    }

    // MARK: Kinds

    /// Exceptions that are no question of memory.
    static func ofInstructions(_ draw: inout DrillDraw) throws(DrillError) -> FaultProgram {
        switch draw.number(0...4) {
        case 0:
            let number = DrillTask.written(draw.number(1...0xFFFF))
            return FaultProgram(["mov eax, \(number)", "mov edx, 0", "mov ecx, 0", "div ecx"])
        case 1: return FaultProgram(["ud2"])
        case 2:
            return FaultProgram([
                try draw.pick(["cli", "sti", "hlt", "mov eax, cr0", "mov cr3, eax", "rdmsr", "lidt [esp]"])
            ])
        case 3: return closedGate(&draw)
        default:
            let divisor = draw.number(1...9)
            // The quotient needs more than 32 bits as soon as EDX is not below the divisor.
            let high = divisor + draw.number(0...9)
            return FaultProgram(["mov eax, 0", "mov edx, \(high)", "mov ecx, \(divisor)", "div ecx"])
        }
    }

    /// INT n where ring 3 may not.
    static func closedGate(_ draw: inout DrillDraw) -> FaultProgram {
        let closed = [UInt32(0), 1, 2, 6, 8, 0x0D, 0x0E, 0x10, 0x13]
        let vector = (try? draw.pick(closed)) ?? 0
        return FaultProgram(
            ["int \(DrillTask.written(vector))"], "The IDT's gate \(DrillTask.hex(vector)) is present; its DPL is 0.")
    }

    /// A selector of a descriptor that is empty.
    static func emptyDescriptor(_ draw: inout DrillDraw) throws(DrillError) -> FaultProgram {
        let selector = draw.number(9...0x30) * 8 + (draw.coin() ? 3 : 0)
        let segment = try draw.pick(["ds", "es", "fs", "gs"])
        return FaultProgram(
            ["mov eax, \(DrillTask.written(selector))", "mov \(segment), ax"],
            "The GDT reaches that far; its entry \(DrillTask.hex(selector / 8)) is empty.")
    }

    /// Touches memory that ring 3 has not, or may not touch.
    static func ofMemory(_ machine: DrillMachine, _ draw: inout DrillDraw) throws(DrillError) -> FaultProgram {
        let place = try Place.drawn(machine, &draw)
        let offset = draw.number(1...0x3F) * 4
        let direct = DrillTask.written(place.address)
        let based = "mov ebx, \(DrillTask.written(place.address &- offset))"
        let operand = "ebx + \(DrillTask.written(offset))"
        switch draw.number(0...4) {
        case 0: return FaultProgram(["mov eax, [\(direct)]"], place.note)
        case 1: return FaultProgram(["mov [\(direct)], eax"], place.note)
        case 2: return FaultProgram([based, "mov eax, [\(operand)]"], place.note)
        case 3: return FaultProgram([based, "mov [\(operand)], eax"], place.note)
        default: return FaultProgram(["mov eax, \(direct)", "jmp eax"], place.note)
        }
    }

    /// Accesses whose address in CR2 is not the one that the instruction names.
    static func atEdges(_ draw: inout DrillDraw) -> FaultProgram {
        if draw.coin() {
            let inside = draw.number(1...3)
            let page = "The program's page ends at 400FFFh; nothing is mapped behind it."
            return FaultProgram(["mov eax, [\(DrillTask.written(0x40_1000 - inside))]"], page)
        }
        let stack = "The stack's lowest page begins at 12D000h; nothing is mapped below."
        let pushed = draw.number(0...4)
        let pushes = (0..<pushed).map { _ in "push eax" }
        return FaultProgram(["mov esp, \(DrillTask.written(0x12_D000 + pushed * 4))"] + pushes + ["push ebx"], stack)
    }

    /// An address, and what the page tables say of it.
    private struct Place {
        let address: UInt32
        let note: String

        static func drawn(_ machine: DrillMachine, _ draw: inout DrillDraw) throws(DrillError) -> Place {
            let offset = draw.number(1...0x3E8) * 4
            switch draw.number(0...3) {
            case 0: return absent(draw.number(0x10000...0x6FFFF) << 12 | offset)
            case 1: return absent(draw.number(0x90000...0x9FFFF) << 12 | offset)
            case 2: return kernel(machine.entry.address & ~0xFFF | offset)
            default: return kernel(0xFFDF_F000 | offset)
            }
        }

        private static func absent(_ address: UInt32) -> Place {
            Place(address: address, note: "Nothing is mapped at \(DrillTask.hex(address)).")
        }

        private static func kernel(_ address: UInt32) -> Place {
            Place(address: address, note: "\(DrillTask.hex(address)) is the kernel's: present, and for ring 0 only.")
        }
    }
}
