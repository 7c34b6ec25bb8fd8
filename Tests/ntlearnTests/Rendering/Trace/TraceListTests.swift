import Debugger
import Lessons
import Testing
import X86

@testable import ntlearn

@Suite("A trace as a list")
struct TraceListTests {
    /// The terminals that the snapshots are taken on.
    enum Width: String, CaseIterable, CustomTestStringConvertible {
        case columns48, columns80, columns120, plain, colour

        var testDescription: String { rawValue }
        var isPlain: Bool { self == .plain }
        var palette: Palette { self == .colour ? .extended : .none }
        var columns: Int {
            switch self {
            case .columns48: 48
            case .columns120: 120
            default: 80
            }
        }
    }

    private func text(_ request: TraceRequest, _ width: Width, budget: Int = 10_000) throws -> String {
        let library = MachineLibrary(courses: [GuestContent.machines + "/.."])
        let prepared = try library.prepare(request)
        let trace = prepared.machine.trace(to: prepared.end, budget: budget)
        var renderer = TraceListRenderer(
            columns: width.columns, isPlain: width.isPlain, symbols: prepared.machine.symbols)
        var lines: [StyledText] = []
        for (index, step) in trace.steps.enumerated() {
            let isLast = index + 1 == trace.steps.count
            lines += renderer.lines(for: step, after: isLast ? trace.after : trace.steps[index + 1].before)
        }
        let summary = TraceSummary(
            end: trace.end, steps: trace.steps.count, after: trace.after,
            location: prepared.machine.symbols.location(of: UInt64(trace.after.eip)), printed: trace.output)
        lines += renderer.finish() + summary.lines(columns: width.columns, isPlain: width.isPlain)
        return width.palette.paint(lines)
    }

    private func call(_ text: String, on machine: String) throws -> TraceRequest {
        TraceRequest(machine: MachineRequest(machine: machine, calls: [try ServiceCall(text)]))
    }

    @Test("NtClose through each door", arguments: ["int2e", "sysenter", "syscall"], Width.allCases)
    func snapshots(machine: String, width: Width) throws {
        let list = try text(try call("NtClose(0x44)", on: machine), width)
        try expectSnapshot(list, "../Trace/Snapshots/\(machine)-\(width)")
    }

    @Test("No line is wider than the terminal", arguments: [Width.columns80, .columns120, .colour])
    func width(width: Width) throws {
        let list = try text(try call("NtDisplayString(\"wide\")", on: "int2e"), width)
        let bare = list.replacing(try Regex("\u{1B}\\[[0-9;]*m"), with: "")
        #expect(bare.split(separator: "\n").allSatisfy { $0.displayWidth <= width.columns })
    }

    @Test("A further round of a repeated instruction is folded, not shown")
    func folding() throws {
        let calls = try ServiceCall("NtTerminateProcess(-1, 5)")
        let request = TraceRequest(
            machine: MachineRequest(machine: "xp", calls: [calls]), to: "nt!NtTerminateProcess")
        let list = try text(request, .columns80)
        #expect(list.split(separator: "\n").count { $0.contains("rep movsd") } == 1)
        #expect(list.contains("… 1 more round "))
        #expect(try text(request, .plain).contains("The instruction runs 1 more round; ecx becomes 00000000"))
    }

    @Test("An exception is named with its reason")
    func exception() throws {
        // The kernel probes the pointer against its limit only, and meets the absent page when it reads.
        let request = try call("NtDisplayString(0x10)", on: "xp")
        let reason = "#PF (error code 00h, address 00000010): the page is not present"
        #expect(try text(request, .columns80).contains("\n           \(reason)\n"))
        #expect(try text(request, .plain).contains("\nException \(reason).\n"))
    }

    @Test("An end that is not reached is told")
    func ends() throws {
        let request = try call("NtClose(0x44)", on: "xp")
        let list = try text(request, .columns80, budget: 3)
        #expect(list.contains("3 instructions, the limit; the next one is at ntdll!NtClose+0x5"))
        let whole = TraceRequest(machine: MachineRequest(machine: "xp"))
        #expect(try text(whole, .columns80).contains("then the machine halted."))
    }
}
