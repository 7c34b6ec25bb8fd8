import Debugger
import Testing
import X86

@testable import ntlearn

@Suite("The inside of an instruction")
struct ZoomTests {
    @Test("Each door, step by step", arguments: [("int2e", "int"), ("int2e", "iretd"), ("sysenter", "sysenter")])
    func doors(machine: String, mnemonic: String) throws {
        let run = try GuestRun(machine)
        try expectSnapshot(run.zoom(try run.step(mnemonic)), "../Zoom/Snapshots/\(mnemonic)-80")
    }

    @Test("Side by side on a wide terminal, sentences for a screen reader")
    func forms() throws {
        let run = try GuestRun("int2e")
        let step = try run.step("int")
        try expectSnapshot(run.zoom(step, columns: 120), "../Zoom/Snapshots/int-120")
        try expectSnapshot(run.zoom(step, isPlain: true), "../Zoom/Snapshots/int-plain")
    }

    @Test("Faults, with the checks and the error code", arguments: Fault.allCases)
    func faults(fault: Fault) throws {
        let run = try fault.run()
        try expectSnapshot(run.zoom(try run.fault), "../Zoom/Snapshots/\(fault)")
    }

    @Test("A fault as sentences")
    func plainFault() throws {
        let run = try Fault.gatePrivilege.run()
        let text = run.zoom(try run.fault, isPlain: true)
        #expect(text.unicodeScalars.allSatisfy { $0.isASCII })
        #expect(text.contains("FAILED  #GP(n*8+2) if the gate's DPL is less than CPL"))
        #expect(text.contains("Bits 15:3, index, is 21h: IDT[21h]."))
    }

    @Test("Of an entry that is no gate, only that is told: its DPL was never compared")
    func emptyGate() throws {
        let run = try GuestRun(program: "int 0x21\n", steps: 1)
        let text = run.zoom(try run.fault)
        #expect(text.contains("FAILED  #GP(n*8+2) if the IDT entry is not a gate"))
        #expect(!text.contains("DPL is less than CPL"))
    }

    @Test("A page fault is explained with the page of the form that was executed, and with the entries of its page")
    func pageFault() throws {
        let run = try Fault.supervisorPage.run()
        let text = run.zoom(try run.fault, columns: 120)
        #expect(text.contains("\nCopies the source to the destination.\n"))
        #expect(text.contains("  PTE at physical ") && text.contains("P=1, R/W=0, U/S=0"))
    }

    @Test("No line is wider than the terminal", arguments: [40, 80, 100, 109, 110, 120])
    func width(columns: Int) throws {
        for fault in Fault.allCases {
            let run = try fault.run()
            let widest = run.zoom(try run.fault, columns: columns).split(separator: "\n").map(\.displayWidth).max() ?? 0
            #expect(widest <= columns)
        }
    }

    @Test("Every effect of a call's instructions has its place", arguments: ["int2e", "sysenter", "syscall"])
    func complete(machine: String) throws {
        let run = try GuestRun(machine)
        let names = PlaceNames(run.machine)
        for step in run.trace.steps {
            let zoom = Zoom(step, names: names)
            let facts = zoom.parts.flatMap { part -> [ZoomFact] in
                if case .inside(let steps) = part { steps.flatMap(\.facts) } else { [] }
            }
            let hidden = RingCrossing(step) == nil ? 0 : step.effects.count(where: \.isPageTableAccess)
            #expect(facts.count == step.effects.count - hidden, "\(step.code.text)")
        }
    }

    @Test("INT and SYSENTER name each other's cost")
    func costs() throws {
        let interrupt = try GuestRun("int2e")
        let entry = try GuestRun("sysenter")
        let names = PlaceNames(interrupt.machine)
        let counts = Zoom(try interrupt.step("int"), names: names).counts
        #expect([counts.allReads, counts.writes, counts.modelSpecific] == [5, 5, 0])
        let other = Zoom(try entry.step("sysenter"), names: PlaceNames(entry.machine))
        #expect([other.counts.allReads, other.counts.writes, other.counts.modelSpecific] == [0, 0, 3])
        #expect(
            try #require(other.others.first { $0.name == "INT n" }).counts
                == AccessCounts(
                    interrupt.step("int").effects
                        .filter { !$0.isPageTableAccess }))
    }
}

/// Programs that fault.
enum Fault: String, CaseIterable, CustomStringConvertible {
    case supervisorPage, gatePrivilege, gateAbsent, doubleFault

    var description: String { rawValue }

    func run() throws -> GuestRun {
        switch self {
        case .supervisorPage: try GuestRun(program: "mov eax, [0x80400000]\n", steps: 1)
        case .gatePrivilege:
            try GuestRun(program: "int 0x21\n", steps: 1) { machine in
                for byte: UInt32 in 0..<8 {
                    let source = machine.cpu.byte(at: machine.cpu.idtr.base &+ 0x2E * 8 &+ byte) ?? 0
                    machine.patchGate(0x21, byte: byte) { _ in byte == 5 ? 0x8E : source }
                }
            }
        case .gateAbsent:
            try GuestRun(program: "int 0x2e\n", steps: 1) { $0.patchGate(0x2E, byte: 5) { $0 & 0x7F } }
        case .doubleFault:
            try GuestRun(program: "int 0x0e\n", steps: 1) { $0.patchGate(0x0D, byte: 5) { $0 & 0x7F } }
        }
    }
}

extension Effect {
    fileprivate var isPageTableAccess: Bool {
        switch self {
        case .pageWalk, .pageMark: true
        default: false
        }
    }
}
