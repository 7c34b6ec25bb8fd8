import Testing
import X86

private typealias Place = TestMachine.Place

@Suite("Stepping back")
struct JournalTests {
    @Test("Random programs: after any number of steps back every bit is as it was", arguments: [0, 3], [false, true])
    func randomPrograms(ring: Int, paging: Bool) throws {
        for seed in 0..<150 {
            var generator = SeededGenerator(seed: UInt64(seed) << 3 | UInt64(ring) << 1 | (paging ? 1 : 0))
            let machine = try TestMachine.random(&generator, ring: ring, paging: paging)
            if seed % 3 == 0 { machine.requestInterrupt(0x2E) }
            if seed % 5 == 0 { machine.requestNMI() }
            let journal = Journal()
            let start = machine.checkpoint()
            for _ in 0..<100 { machine.step(recording: journal) }
            let middle = machine.checkpoint()
            let behind = journal.count
            for _ in 0..<100 { machine.step(recording: journal) }
            let ahead = journal.count - behind
            #expect(machine.stepBack(journal, count: ahead) == ahead)
            try #require(machine.checkpoint() == middle, "seed \(seed), \(ahead) steps back")
            #expect(machine.stepBack(journal, count: .max) == behind)
            try #require(machine.checkpoint() == start, "seed \(seed), back to the start")
        }
    }

    @Test(
        "Each kind of step can be undone by itself",
        arguments: [
            "mov eax, 1\nadd [DATA], eax\npush eax\npop ebx\nhlt", "mov ecx, 3\nmov edi, DATA\nrep stosd\nhlt",
            "mov dword [DATA+0xFFE], 0x12345678\ncmpxchg8b [DATA+0xFFD]\nhlt", "ud2", "int 0x2E", "sti\nhlt",
            "mov ax, 0x10\nmov ss, ax\nmov esp, 0x6000\nmov es, ax\nhlt",
            "mov eax, 0x12345\nmov dr0, eax\nmov dr6, eax\nmov cr2, eax\nlgdt [DATA]\nmov ds, ax",
            "mov al, 'x'\nout 0xE9, al\nmov eax, 1\ndiv edx", "push 0x100\npopfd\nnop\nnop",
            "mov ecx, 0x176\nmov eax, CODE+18\nwrmsr\nmov cl, 0x74\nmov al, 8\nwrmsr\nsysenter\nnop\nhlt",
            "mov eax, cr3\nmov cr3, eax\nmov eax, [DATA]\ninvlpg [DATA]\nmov eax, [0x90000000]",
            "db 0xF1", "lidt [DATA]\nint3",
        ], [false, true])
    func eachStep(code: String, paging: Bool) throws {
        let machine = try TestMachine(code, paging: paging)
        let journal = Journal()
        var history: [Checkpoint] = []
        for _ in 0..<12 {
            history.append(machine.checkpoint())
            machine.step(recording: journal)
        }
        history.removeLast(history.count - journal.count)
        for expected in history.reversed() {
            #expect(machine.stepBack(journal) == 1)
            #expect(machine.checkpoint() == expected)
        }
        #expect(machine.stepBack(journal) == 0)
    }

    @Test("After steps back recording goes on from there")
    func onwards() throws {
        for seed in UInt64(0)..<50 {
            var generator = SeededGenerator(seed: seed)
            let machine = try TestMachine.random(&generator, ring: 0, paging: true)
            let journal = Journal()
            let start = machine.checkpoint()
            machine.run(budget: 150, recording: journal)
            let end = machine.checkpoint()
            let undone = machine.stepBack(journal, count: 60)
            for _ in 0..<undone { machine.step(recording: journal) }
            try #require(machine.checkpoint() == end, "seed \(seed)")
            machine.stepBack(journal, count: .max)
            try #require(machine.checkpoint() == start, "seed \(seed)")
        }
    }

    @Test("A breakpoint that watches accesses does not hide writes from the journal")
    func watched() throws {
        let setup = TestMachine.arming(Place.data, TestMachine.Debug.write0 | TestMachine.Debug.local0)
        let machine = try TestMachine("mov byte [DATA], 7", setup: setup)
        let journal = Journal()
        let start = machine.checkpoint()
        #expect(machine.step(recording: journal).debugCheck == .dataBreakpoint)
        machine.stepBack(journal)
        #expect(machine.checkpoint() == start)
    }

    @Test("A step of a halted or shut-down processor is nothing to undo")
    func halted() throws {
        let machine = try TestMachine("hlt")
        let journal = Journal()
        for _ in 0..<3 { machine.step(recording: journal) }
        #expect(journal.count == 1)
    }

    @Test("The journal's memory is bounded: it forgets the oldest steps, and only those")
    func bounded() throws {
        let machine = try TestMachine("again: inc eax\nmov [DATA], eax\npush eax\npop ebx\njmp again")
        let start = machine.checkpoint()
        let journal = Journal(memoryLimit: 0)
        let steps = 300_000
        #expect(machine.run(budget: steps, recording: journal).steps == steps)
        let kept = journal.count
        #expect(kept < steps / 2)
        #expect(machine.stepBack(journal, count: .max) == kept)
        let reached = machine.checkpoint()
        machine.restore(start)
        _ = machine.run(budget: steps - kept, until: nil)
        #expect(machine.checkpoint() == reached)
    }

    @Test("Recording changes nothing about the run")
    func sameRun() throws {
        for seed in UInt64(0)..<100 {
            var generators = [SeededGenerator(seed: seed), SeededGenerator(seed: seed)]
            let plain = try TestMachine.random(&generators[0], ring: 0, paging: true)
            let recorded = try TestMachine.random(&generators[1], ring: 0, paging: true)
            let journal = Journal()
            for _ in 0..<200 { #expect(plain.step() == recorded.step(recording: journal)) }
            #expect(plain.checkpoint() == recorded.checkpoint())
        }
    }
}
