import Testing
import X86

@Suite("Runs")
struct RunTests {
    @Test("A run ends when its budget is used up")
    func budget() throws {
        let machine = try TestMachine("jmp $")
        let result = machine.run(budget: 1000, until: nil)
        #expect(result.outcome == .executed)
        #expect(result.steps == 1000)
        #expect(machine.run(budget: -1, until: nil).steps == 0)
    }

    @Test("A run ends before the address it is to stop at")
    func stop() throws {
        let machine = try TestMachine("nop\nnop\nnop")
        let result = machine.run(budget: 1000, until: TestMachine.Place.code + 2)
        #expect(result.steps == 2)
        #expect(machine.eip == TestMachine.Place.code + 2)
    }

    @Test("HLT with nothing to wake the processor ends a run for good")
    func halt() throws {
        let machine = try TestMachine("nop\nhlt")
        let result = machine.run(budget: 1000, until: nil)
        #expect(result.outcome == .halted)
        #expect(result.steps == 2)
        #expect(machine.run(budget: 1000, until: nil).steps == 0)
    }
}
