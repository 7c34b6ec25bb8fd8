import Debugger
import Testing
import X86

@Suite("Running backwards")
struct BackwardsTests {
    private static let limits = TimelineLimits(finestSpacing: 300, mostCheckpoints: 12)

    /// Guests that run for thousands of steps, with faults and interrupts.
    private static let seeds: [UInt64] = [1, 3, 8, 9]

    /// The steps before which, or behind which, runs stop from the beginning on.
    private func stops(of timeline: Timeline, _ breakpoints: inout BreakpointTable, until end: Int) -> [Int] {
        var stops: [Int] = []
        while case .breakpoints = timeline.run(to: .none, breakpoints: &breakpoints, budget: end - timeline.position) {
            stops.append(timeline.position)
        }
        return stops
    }

    private func stopsBackwards(of timeline: Timeline, _ breakpoints: inout BreakpointTable) -> [Int] {
        var stops: [Int] = []
        while case .breakpoints = timeline.runBack(to: .none, breakpoints: &breakpoints) {
            stops.append(timeline.position)
        }
        return stops
    }

    @Test("Breakpoints on execution stop at the same steps as forwards", arguments: seeds)
    func execution(seed: UInt64) throws {
        let guest = try RandomGuest(seed: seed)
        let timeline = Timeline(guest.machine(), limits: Self.limits)
        timeline.run(steps: 4_000)
        timeline.seek(to: 3_000)
        let address = timeline.machine.cpu.linearEIP
        timeline.seek(to: 0)
        var breakpoints = BreakpointTable()
        try breakpoints.set(BreakpointRequest(address: address))
        let forwards = stops(of: timeline, &breakpoints, until: 4_000)
        #expect(!forwards.isEmpty)
        let isAtLast = forwards.last == timeline.position
        let backwards = stopsBackwards(of: timeline, &breakpoints)
        #expect(backwards == forwards.reversed().dropFirst(isAtLast ? 1 : 0).map(\.self))
        #expect(timeline.position == 0)
    }

    @Test("Watchpoints stop before the steps behind which they stop forwards", arguments: seeds)
    func access(seed: UInt64) throws {
        let guest = try RandomGuest(seed: seed)
        let timeline = Timeline(guest.machine(), limits: Self.limits)
        var breakpoints = BreakpointTable()
        try breakpoints.set(BreakpointRequest(address: 0x1F_FFFC, access: .write, size: 4))
        let forwards = stops(of: timeline, &breakpoints, until: 4_000)
        let backwards = stopsBackwards(of: timeline, &breakpoints)
        #expect(backwards.reversed() == forwards.map { $0 - 1 })
    }

    @Test("A repeated string instruction is undone round by round, or as a whole")
    func rounds() throws {
        let timeline = Timeline(try tinyMachine("mov ecx, 5\nmov edi, 0x200000\nrep stosb\nnop\nhlt"))
        var none = BreakpointTable()
        timeline.run(steps: 7)
        let address = try address("boot!Start", on: timeline.machine) + 10
        timeline.stepBack()
        #expect(timeline.machine.cpu[.ecx] == 1)
        timeline.seek(to: 7)
        #expect(timeline.stepOverBack(breakpoints: &none) == .reached)
        #expect(timeline.position == 2)
        #expect(timeline.machine.cpu.linearEIP == address)
    }

    @Test("A call that has returned is undone as a whole; from inside, the caller is found")
    func calls() throws {
        let timeline = Timeline(
            try tinyMachine(
                """
                mov esp, 0x200000
                call boot@Outer
                nop
                hlt
                boot@Outer: call boot@Inner
                call boot@Inner
                ret
                boot@Inner: push eax
                pop eax
                ret
                """))
        var none = BreakpointTable()
        let outer = try address("boot!Outer", on: timeline.machine)
        timeline.run(steps: 11)  // MOV, CALL, twice CALL PUSH POP RET, RET: at NOP.
        #expect(timeline.stepOverBack(breakpoints: &none) == .reached)
        #expect(timeline.position == 1)
        timeline.seek(to: 8)  // Inside Inner, for the second time, behind PUSH.
        #expect(timeline.runBack(to: .caller, breakpoints: &none) == .reached)
        #expect(timeline.machine.cpu.linearEIP == outer + 5)
        #expect(timeline.runBack(to: .caller, breakpoints: &none) == .reached)
        #expect(timeline.position == 1)
        #expect(timeline.runBack(to: .caller, breakpoints: &none) == .beginning)
        #expect(timeline.position == 1)
    }

    @Test("Somebody who gives up on a search is where he was")
    func interrupted() throws {
        let timeline = Timeline(try tinyMachine("boot@Loop: inc eax\njmp boot@Loop"))
        timeline.run(steps: 200_000)
        var breakpoints = BreakpointTable()
        try breakpoints.set(BreakpointRequest(address: 0x5000))
        let monitor = TravelMonitor(isInterrupted: { true })
        #expect(timeline.runBack(to: .none, breakpoints: &breakpoints, monitor: monitor) == .interrupted)
        #expect(timeline.position == 200_000)
        #expect(!timeline.isInPast)
    }
}

@Suite("What last wrote it")
struct WriterTests {
    @Test("Register, memory under any size, and changes by hand, one after the other")
    func chain() throws {
        let timeline = Timeline(
            try tinyMachine(
                "mov eax, 0x11223344\nmov [0x200000], eax\nmov byte [0x200002], 5\nmov ebx, [0x200000]\nhlt"))
        timeline.run(steps: 4)
        try timeline.apply(.memory(address: 0x20_0001, [9]))
        #expect(try text(timeline, .memory(address: 0x20_0000, size: 4)) == "edit 11053344 11050944")
        #expect(try text(timeline, .memory(address: 0x20_0002, size: 1)) == "step 2: 22 5")
        #expect(try text(timeline, .memory(address: 0x20_0000, size: 4)) == "step 1: 0 11223344")
        #expect(try text(timeline, .register("eax")) == "step 0: 2badb002 11223344")
        #expect(timeline.position == 0)
        guard case .nothing = timeline.findWriter(of: .register("eax")) else {
            Issue.record("something wrote EAX before the first instruction")
            return
        }
    }

    private func text(_ timeline: Timeline, _ target: WriterTarget) throws -> String {
        guard case .found(let writer) = timeline.findWriter(of: target) else { return "nothing" }
        let values = [writer.old, writer.new].map { String($0 ?? 0, radix: 16) }.joined(separator: " ")
        switch writer.cause {
        case .edit: return "edit \(values)"
        case .instruction(let step): return "step \(step.index): \(values)"
        }
    }
}
