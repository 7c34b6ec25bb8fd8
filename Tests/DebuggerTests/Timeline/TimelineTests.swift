import Debugger
import Testing
import X86

@Suite("A recorded run")
struct TimelineTests {
    private static let counting = "mov ecx, 5\nboot@Loop: inc eax\nmov [0x200000], eax\nloop boot@Loop\nhlt"

    @Test("Going onwards from the past forgets what was ahead, and says what")
    func fork() throws {
        let timeline = Timeline(try tinyMachine(Self.counting))
        timeline.run(steps: 6)
        try timeline.apply(.register(.ebx, 7))
        timeline.mark("later")
        timeline.run(steps: 4)
        timeline.seek(to: 3)
        #expect(timeline.isInPast)
        #expect(timeline.end == 10)
        let fork = try #require(timeline.fork())
        #expect(fork.step == 3)
        #expect(fork.steps == 7)
        #expect(fork.events.map(\.description) == ["r ebx=00000007"])
        #expect(fork.marks.map(\.name) == ["later"])
        #expect(!timeline.isInPast)
        #expect(timeline.fork() == nil)
        _ = timeline.step()
        #expect(timeline.end == 4)
    }

    @Test("A change in the past forgets the future, one that is impossible does not")
    func editInPast() throws {
        let timeline = Timeline(try tinyMachine(Self.counting))
        timeline.run(steps: 9)
        timeline.seek(to: 4)
        #expect(throws: EditError.self) { try timeline.apply(.modelSpecific(index: 0x1B, 0)) }
        #expect(timeline.end == 9)
        try timeline.apply(.register(.ecx, 1))
        #expect(timeline.end == 4)
        #expect(timeline.machine.cpu[.ecx] == 1)
    }

    @Test("A change is a step of its own on the way back")
    func editUndone() throws {
        let timeline = Timeline(try tinyMachine(Self.counting))
        timeline.run(steps: 3)
        try timeline.apply(.register(.ebx, 7))
        try timeline.apply(.memory(address: 0x20_0000, [9]))
        #expect(timeline.edits.edits.count == 2)
        #expect(timeline.stepBack() == 1)
        #expect(timeline.position == 3)
        #expect(timeline.machine.cpu.byte(at: 0x20_0000) == 3)
        #expect(timeline.machine.cpu[.ebx] == 7)
        #expect(timeline.edits.edits.count == 1)
        #expect(timeline.stepBack() == 1)
        #expect(timeline.machine.cpu[.ebx] == 0)
        #expect(timeline.isInPast)
        timeline.seek(to: timeline.end)
        #expect(timeline.machine.cpu.byte(at: 0x20_0000) == 9)
    }

    @Test("The last change can be taken back for good, until the machine runs on")
    func undo() throws {
        let timeline = Timeline(try tinyMachine(Self.counting))
        try timeline.apply(.register(.ebx, 7))
        #expect(try timeline.undoEdit().edit == .register(.ebx, 7))
        #expect(timeline.events.isEmpty)
        #expect(timeline.machine.cpu[.ebx] == 0)
        try timeline.apply(.register(.ebx, 8))
        timeline.run(steps: 1)
        #expect(throws: EditError.self) { try timeline.undoEdit() }
        timeline.stepBack()
        try timeline.undoEdit()
        #expect(timeline.end == 0)
    }

    @Test("A machine that has halted goes on when an interrupt is requested, also when that is executed again")
    func interrupt() throws {
        let halting = Timeline(try tinyMachine("hlt\nhlt"))
        #expect(halting.run(steps: 9) == 1)
        #expect(halting.machine.hasStopped)
        halting.requestNMI()
        #expect(!halting.machine.hasStopped)
        halting.run(steps: 9)
        let end = halting.end  // There is no interrupt table.
        let shutDown = halting.machine.cpu.checkpoint()
        halting.seek(to: 0)
        halting.seek(to: end)
        let isSame = halting.machine.cpu.checkpoint() == shutDown
        #expect(isSame)
        #expect(halting.machine.hasStopped)
    }

    @Test("Memory stays bounded however long and however busy the run")
    func bounded() throws {
        // Writes a byte into each of 1,024 pages, for ever.
        let busy = "boot@Loop: add esi, 4096\nand esi, 0x3FFFFF\ninc byte [0x400000+esi]\njmp boot@Loop"
        let limits = TimelineLimits(finestSpacing: 1_000, mostCheckpoints: 20, mostBytes: 20 << 20)
        let timeline = Timeline(try tinyMachine(busy), limits: limits)
        timeline.run(steps: 400_000)
        #expect(timeline.checkpointBytes <= 20 << 20)
        #expect(timeline.longestReplay <= 256_000)
        timeline.seek(to: 123_457)
        #expect(timeline.position == 123_457)
        let straight = try tinyMachine(busy)
        straight.run(to: nil, budget: 123_457)
        let reached = timeline.machine.cpu.checkpoint()
        let isSame = reached == straight.cpu.checkpoint()
        #expect(isSame)
    }

    @Test("Somebody who gives up on a journey is left at a recorded moment")
    func interrupted() throws {
        let timeline = Timeline(
            try tinyMachine("boot@Loop: inc eax\njmp boot@Loop"), limits: TimelineLimits(finestSpacing: 1 << 30))
        timeline.run(steps: 500_000)
        timeline.seek(to: 400_001, monitor: TravelMonitor(isInterrupted: { true }))
        #expect(timeline.position < 400_001)
        #expect(timeline.end == 500_000)
        timeline.seek(to: 400_001)
        #expect(timeline.machine.cpu[.eax] &- 0x2BAD_B002 == 200_001)
    }

    @Test("Marks name moments; a mark of the same name moves")
    func marks() throws {
        let timeline = Timeline(try tinyMachine(Self.counting))
        timeline.run(steps: 4)
        timeline.mark("here")
        timeline.run(steps: 2)
        timeline.mark("there")
        timeline.mark("here")
        #expect(timeline.marks.map(\.name) == ["there", "here"])
        timeline.stepBack(2)
        let there = try #require(timeline.mark(named: "there"))
        timeline.seek(to: there.moment)
        #expect(timeline.position == 6)
        #expect(timeline.mark(named: "nowhere") == nil)
    }
}
