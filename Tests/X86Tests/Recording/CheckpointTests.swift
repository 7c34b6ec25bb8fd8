import Testing
import X86

private typealias Place = TestMachine.Place

@Suite("Checkpoints")
struct CheckpointTests {
    @Test("Executing again from a checkpoint ends in the same state", arguments: [0, 3], [false, true])
    func randomPrograms(ring: Int, paging: Bool) throws {
        for seed in 0..<150 {
            var generator = SeededGenerator(seed: UInt64(seed) << 3 | UInt64(ring) << 1 | (paging ? 1 : 0))
            let machine = try TestMachine.random(&generator, ring: ring, paging: paging)
            if seed % 3 == 0 { machine.requestInterrupt(0x2E) }
            for _ in 0..<50 { machine.step() }
            let start = machine.checkpoint()
            for _ in 0..<150 { machine.step() }
            let end = machine.checkpoint()
            #expect(machine.restore(start))
            try #require(machine.checkpoint() == start, "seed \(seed)")
            for _ in 0..<150 { machine.step() }
            try #require(machine.checkpoint() == end, "seed \(seed)")
        }
    }

    @Test("Taking checkpoints, and returning to them, changes nothing about the run", arguments: [0, 3])
    func sameRun(ring: Int) throws {
        for seed in 0..<100 {
            var generators = [SeededGenerator(seed: UInt64(seed)), SeededGenerator(seed: UInt64(seed))]
            let plain = try TestMachine.random(&generators[0], ring: ring, paging: true)
            let kept = try TestMachine.random(&generators[1], ring: ring, paging: true)
            for count in 0..<200 {
                plain.step()
                kept.step()
                if count % 7 == 0 { kept.restore(kept.checkpoint()) }
            }
            let isSame = plain.checkpoint() == kept.checkpoint()
            try #require(isSame, "seed \(seed)")
        }
    }

    @Test("A page of code whose translation the TLB has lost meanwhile is still not translated again")
    func openPage() throws {
        // Pages 4 MiB apart share a slot of the TLB.
        let code = "mov eax, [CODE+0x400000]\nnop\nnop\nnop"
        let plain = try TestMachine(code)
        let kept = try TestMachine(code)
        for _ in 0..<3 {
            plain.step()
            kept.step()
            kept.restore(kept.checkpoint())
        }
        let isSame = plain.checkpoint() == kept.checkpoint()
        #expect(isSame)
    }

    @Test("The time-stamp counter counts again from where it was")
    func timeStamp() throws {
        let machine = try TestMachine("nop\nrdtsc")
        let start = machine.checkpoint()
        for _ in 0..<2 { machine.step() }
        let first = machine[.eax]
        machine.restore(start)
        for _ in 0..<2 { machine.step() }
        #expect(machine[.eax] == first)
    }

    @Test("The console is part of it, in both directions of time")
    func console() throws {
        let machine = try TestMachine("mov al, 'a'\nout 0xE9, al\nmov al, 'b'\nout 0xE9, al")
        let start = machine.checkpoint()
        for _ in 0..<4 { machine.step() }
        let end = machine.checkpoint()
        machine.restore(start)
        #expect(machine.console.isEmpty)
        machine.restore(end)
        #expect(machine.console == Array("ab".utf8))
    }

    @Test("Code that was changed since is executed as it was")
    func code() throws {
        let machine = try TestMachine("inc eax\njmp CODE")
        let start = machine.checkpoint()
        for _ in 0..<2 { machine.step() }
        machine.load([0x43], at: Place.code)  // inc ebx
        for _ in 0..<2 { machine.step() }
        #expect(machine[.ebx] == 1)
        machine.restore(start)
        machine.step()
        #expect(machine[.eax] == 1)
        #expect(machine[.ebx] == 0)
    }

    @Test("A pending interrupt is part of it")
    func pending() throws {
        let machine = try TestMachine("sti\nnop\nnop")
        machine.requestInterrupt(0x21)
        let start = machine.checkpoint()
        for _ in 0..<2 { machine.step() }
        #expect(machine.step() == .interrupt(vector: 0x21))
        machine.restore(start)
        for _ in 0..<2 { #expect(machine.step() == .executed) }
        #expect(machine.step() == .interrupt(vector: 0x21))
    }

    @Test("A page that did not change is kept once for all checkpoints")
    func sharing() throws {
        let machine = try TestMachine("mov byte [DATA], 1\nmov byte [DATA], 1")
        let first = machine.checkpoint()
        machine.step()
        let second = machine.checkpoint()
        machine.step()
        #expect(second.bytesNotShared(with: first) == 4096)
        #expect(machine.checkpoint().bytesNotShared(with: second) == 0)
    }

    @Test("A checkpoint of a machine with other memory is refused")
    func otherMemory() throws {
        let machine = try TestMachine("nop")
        let state = machine.checkpoint()
        var other = CPU(model: CPUModel.all[0], memorySize: 1 << 16)
        let isRestored = other.restore(state)
        #expect(!isRestored)
    }
}
