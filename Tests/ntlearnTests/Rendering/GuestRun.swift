import Debugger
import Lessons
import Testing
import X86

@testable import ntlearn

/// A recorded run of a guest, for what is drawn of it.
struct GuestRun {
    let machine: Machine
    let trace: Trace

    private static let library = MachineLibrary(courses: [GuestContent.machines + "/.."])

    /// `NtClose(0x44)` or another call, to its return.
    init(_ name: String, call: String = "NtClose(0x44)") throws {
        let request = TraceRequest(machine: MachineRequest(machine: name, calls: [try ServiceCall(call)]))
        let prepared = try Self.library.prepare(request)
        machine = prepared.machine
        trace = machine.trace(to: prepared.end, budget: 10_000)
    }

    /// A program of ring 3 on Windows 2000, so many steps of it.
    init(program: String, steps: Int, prepare: (Machine) -> Void = { _ in }) throws {
        let request = TraceRequest(machine: MachineRequest(machine: "int2e", program: .assembly(program)))
        machine = try Self.library.prepare(request).machine
        prepare(machine)
        trace = machine.trace(to: nil, budget: steps)
    }

    /// The registers behind each step.
    var states: [RegisterState] { trace.steps.dropFirst().map(\.before) + [trace.after] }

    /// The step at which a mnemonic was executed.
    func step(_ mnemonic: String) throws -> TraceStep {
        try #require(trace.steps.first { $0.code.mnemonic == mnemonic })
    }

    /// The step at which an exception was raised.
    var fault: TraceStep {
        get throws { try #require(trace.steps.first { $0.exception != nil }) }
    }

    func lanes(columns: Int, isPlain: Bool = false, palette: Palette = .none) -> String {
        var renderer = LanesRenderer(columns: columns, isPlain: isPlain, symbols: machine.symbols)
        var lines: [StyledText] = []
        for (step, after) in zip(trace.steps, states) { lines += renderer.lines(for: step, after: after) }
        return palette.paint(lines + renderer.finish())
    }

    func zoom(_ step: TraceStep, columns: Int = 80, isPlain: Bool = false) -> String {
        let text = StepText(symbols: machine.symbols).text(of: step)
        let zoom = Zoom(step, names: PlaceNames(guest: machine))
        let page = ZoomPage(zoom, instruction: text, columns: columns, isPlain: isPlain)
        return Palette.none.paint(page.lines)
    }
}

extension Machine {
    /// Changes one byte of the IDT entry of a vector.
    func patchGate(_ vector: UInt32, byte: UInt32, _ change: (UInt8) -> UInt8) {
        let address = cpu.idtr.base &+ vector &* 8 &+ byte
        guard let old = cpu.byte(at: address), let physical = cpu.physicalAddress(of: address) else { return }
        cpu.loadPhysical([change(old)], at: physical)
    }
}
