import Testing
import X86

/// A run executes most instructions in bursts, a step never does. Both must do the same.
@Suite("Bursts")
struct BurstTests {
    @Test(
        "A run does what single steps do, in registers, memory, effects and count", arguments: [0, 3], [false, true])
    func sameAsSteps(ring: Int, paging: Bool) throws {
        for seed in 0..<60 {
            var generator = SeededGenerator(seed: UInt64(seed))
            let program = RandomProgram.text(&generator)
            let stepped = try Self.start(program, ring: ring, paging: paging)
            let run = try Self.start(program, ring: ring, paging: paging)
            for _ in 0..<12 {
                let budget = Int.random(in: 1...40, using: &generator)
                let effects = Self.step(stepped, budget)
                run.runRecording(budget: budget)
                let place: Comment = "seed \(seed), ring \(ring), paging \(paging), before \(stepped.eip)"
                try #require(run.state == stepped.state, place)
                try #require(run.effects == effects, place)
                try #require(run.instructionCount == stepped.instructionCount, place)
                try #require(Self.memory(run) == Self.memory(stepped), place)
            }
        }
    }

    @Test("What a run has recorded can be undone, step by step", arguments: [0, 3], [false, true])
    func undone(ring: Int, paging: Bool) throws {
        for seed in 0..<40 {
            var generator = SeededGenerator(seed: UInt64(seed))
            let program = RandomProgram.text(&generator)
            let machine = try Self.start(program, ring: ring, paging: paging)
            let stepped = try Self.start(program, ring: ring, paging: paging)
            let start = machine.checkpoint()
            let journal = Journal()
            let steps = machine.run(budget: 100, recording: journal).steps
            let half = steps / 2
            _ = Self.step(stepped, half)
            try #require(journal.count == steps)
            #expect(machine.stepBack(journal, count: steps - half) == steps - half)
            try #require(machine.state == stepped.state, "seed \(seed), halfway of \(steps)")
            try #require(Self.memory(machine) == Self.memory(stepped), "seed \(seed), halfway of \(steps)")
            machine.stepBack(journal, count: half)
            try #require(machine.checkpoint() == start, "seed \(seed), back to the start")
        }
    }

    @Test("A store into the next instruction of a burst is executed")
    func selfModifying() throws {
        let machine = try TestMachine(
            "mov ecx, 3\nagain: mov dword [patched + 1], ecx\npatched: mov eax, 0\nadd ebx, eax\ndec ecx\njnz again\nhlt"
        )
        _ = machine.run(budget: 100, until: nil)
        #expect(machine[.ebx] == 6)
    }

    @Test("A run stops before its address within a burst, also after a jump to it", arguments: ["stop", "again"])
    func stop(label: String) throws {
        let machine = try TestMachine("nop\nagain: inc eax\nstop: inc ebx\njmp again")
        let address = TestMachine.Place.code + (label == "stop" ? 2 : 1)
        #expect(machine.run(budget: 100, until: address).steps == (label == "stop" ? 2 : 1))
        #expect(machine.eip == address)
    }

    @Test("A misaligned store of a burst faults in ring 3 where alignment is checked")
    func alignment() throws {
        let machine = try TestMachine(
            "mov dword [DATA + 1], 5\nhlt", ring: 3, setup: "mov eax, cr0\nor eax, 40000h\nmov cr0, eax")
        machine.eflags |= Flags.alignmentCheck
        _ = machine.run(budget: 10, until: nil)
        #expect(machine.eip == TestMachine.handler(17) + 1)
    }

    private static func start(_ program: String, ring: Int, paging: Bool) throws -> TestMachine {
        let machine = try TestMachine(program, ring: ring, paging: paging)
        machine[.esi] = TestMachine.Place.data + 8
        machine[.edi] = TestMachine.Place.data + 0xFF0
        machine[.ebp] = TestMachine.Place.data + 0x800
        return machine
    }

    private static func step(_ machine: TestMachine, _ budget: Int) -> [Effect] {
        var effects: [Effect] = []
        for _ in 0..<budget {
            let outcome = machine.step()
            effects += machine.effects
            if outcome == .halted || outcome == .shutdown { break }
        }
        return effects
    }

    private static func memory(_ machine: TestMachine) -> [UInt8] {
        machine.bytes(at: TestMachine.Place.data, count: 0x1100)
            + machine.bytes(at: TestMachine.Place.userStack - 0x400, count: 0x800)
    }
}

/// Lines of assembly, most of them plain, that run forward from the first to the last.
private enum RandomProgram {
    static func text(_ generator: inout SeededGenerator) -> String {
        let lines = (0..<60).map { number in "l\(number): " + line(number, &generator) }
        return lines.joined(separator: "\n") + "\nl60: hlt\nl61: hlt\nl62: hlt\nl63: hlt"
    }

    private static func line(_ number: Int, _ generator: inout SeededGenerator) -> String {
        let register = pick(["eax", "ebx", "ecx", "edx"], &generator)
        let value = pick(["eax", "ecx", "esp", "5", "-1", "7FFFFFFFh", "80000000h", "12345678h"], &generator)
        let shift = pick(["0", "1", "7", "31", "32", "cl"], &generator)
        let memory = pick(
            ["esi", "edi", "edi + 0Ch", "edi + 0Dh", "ebp + 8", "esi + 4", "esp - 40h", "ebp - 7F0h"], &generator)
        let target = "l\(number + Int.random(in: 1...4, using: &generator))"
        let operation = pick(["add", "or", "adc", "sbb", "and", "sub", "xor", "cmp", "test", "mov"], &generator)
        switch Int.random(in: 0..<23, using: &generator) {
        case 0..<5: return "\(operation) \(register), \(value)"
        case 5: return "\(pick(["inc", "dec", "neg", "not"], &generator)) \(register)"
        case 6: return "\(pick(["rol", "ror", "shl", "shr", "sar"], &generator)) \(register), \(shift)"
        case 7: return "lea \(register), [ebx + ecx*4 + 11h]"
        case 8: return "mov \(register), [\(memory)]"
        case 9: return "mov [\(memory)], \(register)"
        case 10: return "mov dword [\(memory)], 89ABCDEFh"
        case 11: return "push \(value)"
        case 12: return "pop \(register)"
        case 13: return "call \(target)"
        case 14: return "push \(target)\nret"
        case 15: return "jmp \(target)"
        case 16, 17: return "j\(pick(conditions, &generator)) \(target)"
        case 18: return "nop"
        case 19: return "\(operation) \(register), [\(memory)]"
        case 20: return "\(pick(["cmp", "test"], &generator)) dword [\(memory)], 89ABCDEFh"
        case 21: return "push dword [\(memory)]"
        default: return pick(others, &generator)
        }
    }

    private static let conditions = [
        "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g",
    ]
    /// Not plain, so that bursts end.
    private static let others = [
        "add al, bl", "mov ax, 77h", "add [esi], eax", "inc dword [edi]", "push esp", "pop dword [esi]", "stc",
        "mov eax, [0FFFFFFFEh]", "ret 4", "imul eax, ecx, 3", "movzx ebx, al", "xchg eax, ebx", "mov [es:edi], eax",
    ]

    private static func pick(_ choices: [String], _ generator: inout SeededGenerator) -> String {
        choices.randomElement(using: &generator) ?? ""
    }
}
