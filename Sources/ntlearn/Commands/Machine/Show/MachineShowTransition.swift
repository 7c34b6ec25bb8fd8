import Debugger
import Lessons
import X86

/// The way in and out, and what decided it.
extension MachineShowText {
    var wayIn: [StyledText] {
        guard let call = portrait.call else { return [text("The program makes no system call.")] }
        var lines = call.wayIn.map(code)
        lines.append(text("enters ring 0 at \(place(call.entry.address))", .kernel))
        if let exit = call.exit {
            lines.append(text("and returns to ring 3 by"))
            lines.append(code(exit))
            lines += call.wayBack.map(code)
        } else {
            lines.append(text("and does not return"))
        }
        return lines
    }

    private func code(_ step: TraceStep) -> StyledText {
        row([
            (Hex.digits(step.address), 8), (Hex.digits(step.bytes), 12), (step.code.text, 24),
            (step.location.map { "\($0)" } ?? "", 0),
        ])
    }

    private func text(_ words: String, _ style: Style = .dim) -> StyledText {
        StyledText(isPlain ? "" : "  ") + StyledText(words, style)
    }

    // MARK: Why

    var reasons: [StyledText] { ownReason + observations }

    /// The sentence that the boot code left in memory.
    private var ownReason: [StyledText] {
        guard let reason = portrait.reason else { return [] }
        let words = StyledText("nt!BootSystemCallReason says: ", .dim) + StyledText(reason, .strong)
        return words.wrapped(to: 76).map { StyledText(isPlain ? "" : "  ") + $0 }
    }

    /// What was seen while it booted.
    private var observations: [StyledText] {
        let boot = portrait.boot
        guard !boot.identifications.isEmpty else {
            return [text("The boot executed no CPUID: nothing about the processor decided it.")]
        }
        let tests = boot.decisions.suffix(Self.mostDecisions).flatMap(test)
        let routines = boot.routines.map { $0.split(separator: "!").last.map(String.init) ?? $0 }
        return boot.identifications.map { text(CPUIDText.line($0)) } + tests
            + list(["routines from there to ring 3: " + (routines.first ?? "none")] + routines.dropFirst())
    }

    private static let mostDecisions = 16

    /// A comparison and its jump, on two lines if one would be too long.
    private func test(_ decision: BootRecord.Decision) -> [StyledText] {
        let address = Hex.digits(decision.address)
        let jump = "\(decision.mnemonic) \(decision.target.map(name) ?? "")"
        let result = decision.isTaken ? "taken" : "not taken"
        let line = row([(address, 8), (decision.test, 24), (jump, 31), (result, 0)])
        guard line.width > 78, !isPlain else { return [line] }
        return [row([(address, 8), (decision.test, 0)]), row([("", 8), ("\(jump), \(result)", 0)])]
    }

    // MARK: MSRs and tables

    var msrs: [StyledText] {
        portrait.msrs.map { msr in
            let value = msr.value.map {
                msr.index == 0xC000_0081 ? Hex.digits($0, width: 16) : Hex.digits($0, width: 8)
            }
            return row([
                (Hex.manual(msr.index), 10), (msr.name, 17), (value ?? "not on this processor", 16), (meaning(msr), 0),
            ])
        }
    }

    /// Where the register leads, if it was written.
    private func meaning(_ msr: MachinePortrait.MSR) -> String {
        guard let value = msr.value, value != 0 else { return "" }
        switch msr.index {
        case 0x176, 0xC000_0081: return name(UInt32(truncatingIfNeeded: value))
        case 0xC000_0080: return value & 1 == 1 ? "SCE: SYSCALL is on" : "SCE clear: SYSCALL is off"
        default: return ""
        }
    }

    var services: [StyledText] {
        portrait.serviceTables.flatMap { table in
            let named = table.named
            return [
                row([
                    ("table \(table.index)", 8), ("base \(name(table.base))", 26),
                    ("limit \(table.limit) (\(Hex.manual(table.limit)))", 18), ("\(named.count) named", 0),
                ]),
                row([("", 8), ("argument bytes \(name(table.argumentTable))", 0)]),
            ] + list(named.map { "\(Hex.manual($0.number)) \($0.routine?.split(separator: "!").last ?? "")" })
        }
    }
}

/// A CPUID result in words.
enum CPUIDText {
    static func line(_ result: BootRecord.Identification) -> String {
        "CPUID \(Hex.manual(result.leaf)): " + meaning(result)
    }

    private static func meaning(_ result: BootRecord.Identification) -> String {
        switch result.leaf {
        case 0: "vendor \(vendor(result)), highest leaf \(Hex.manual(result.eax))"
        case 1:
            "signature \(Hex.manual(result.eax)) (family \(family(result.eax)), model \(model(result.eax)), stepping "
                + "\(result.eax & 0xF)), SEP \(state(result.edx, bit: 11))"
        case 0x8000_0000: "highest extended leaf \(Hex.manual(result.eax))"
        case 0x8000_0001: "SYSCALL \(state(result.edx, bit: 11))"
        default: "EAX \(Hex.digits(result.eax)), EDX \(Hex.digits(result.edx))"
        }
    }

    private static func state(_ flags: UInt32, bit: UInt32) -> String { flags >> bit & 1 == 1 ? "set" : "clear" }

    private static func family(_ signature: UInt32) -> UInt32 { signature >> 8 & 0xF }
    private static func model(_ signature: UInt32) -> UInt32 { signature >> 4 & 0xF }

    /// The twelve characters in EBX, EDX, ECX.
    static func vendor(_ result: BootRecord.Identification) -> String {
        let bytes = [result.ebx, result.edx, result.ecx].flatMap { register in
            (0..<4).map { UInt8(truncatingIfNeeded: register >> ($0 * 8)) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
