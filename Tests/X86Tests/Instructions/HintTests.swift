import Testing
import X86

@Suite("RDPMC and the prefetch hints")
struct HintTests {
    @Test(
        "RDPMC reads the counters that the model has: two on the P6, four on the Athlon",
        arguments: [("pentium3", 1, 2), ("pentium-pro", 1, 2), ("athlon", 3, 4)] as [(String, UInt32, UInt32)])
    func counters(model: String, last: UInt32, beyond: UInt32) throws {
        let machine = try TestMachine("rdpmc\nrdpmc", model: model)
        machine[.ecx] = last
        machine[.eax] = .max
        machine[.edx] = .max
        #expect(machine.step() == .executed)
        #expect(machine[.eax] == 0 && machine[.edx] == 0)
        machine[.ecx] = beyond
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .generalProtection && exception.errorCode == 0)
        #expect(exception.check == .noSuchCounter)
    }

    @Test("In ring 3 RDPMC needs CR4.PCE", arguments: [false, true])
    func ring3(isAllowed: Bool) throws {
        let setup = isAllowed ? "mov eax, 0x100\nmov cr4, eax" : ""
        let machine = try TestMachine("rdpmc", ring: 3, setup: setup)
        #expect(machine.step().exception?.check == (isAllowed ? nil : .ringZeroOnly))
    }

    @Test(
        "A prefetch changes nothing and faults nowhere; models without it have no such opcode",
        arguments: [
            ("prefetchw", ["k6-2", "athlon"]), ("prefetch", ["k6-2", "athlon"]),
            ("prefetcht0", ["pentium3", "athlon"]),
        ])
    func prefetch(name: String, models: [String]) throws {
        for model in CPUModel.all.map(\.name) {
            let machine = try TestMachine("\(name) [0xF0000000]", ring: 3, model: model, paging: true)
            let outcome = machine.step()
            #expect(models.contains(model) ? outcome == .executed : outcome.exception?.vector == .invalidOpcode)
            #expect(!models.contains(model) || machine.effects.reads.isEmpty && machine.effects.writes.isEmpty)
        }
    }

    @Test("POPFD leaves VIF and VIP alone in every ring, IRETD loads them in ring 0 only")
    func virtualInterrupts() throws {
        let both = Flags.virtualInterrupt | Flags.virtualInterruptPending
        for ring in [0, 3] {
            let machine = try TestMachine("push \(both)\npopfd", ring: ring)
            machine.step()
            #expect(machine.step() == .executed)
            #expect(machine.eflags & both == 0)
            machine.eflags |= both
            machine[.esp] -= 4
            machine.store(2, at: machine[.esp])
            machine.eip = TestMachine.Place.code + 5
            #expect(machine.step() == .executed)
            #expect(machine.eflags & both == both)
        }
        for (ring, kept) in [(0, both), (3, 0)] as [(Int, UInt32)] {
            let code = ring == 0 ? 0x08 : 0x1B
            let machine = try TestMachine("push \(both)\npush \(code)\npush CODE\niretd", ring: ring)
            for _ in 0..<4 { #expect(machine.step() == .executed) }
            #expect(machine.eflags & both == kept)
        }
    }
}
