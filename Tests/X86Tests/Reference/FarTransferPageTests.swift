import Testing
import X86

/// The pages of CALL FAR, JMP FAR, IRET and INT n, checked by being refused in every way that the tests know.
@Suite("The pages of far transfers are what the processor does")
struct FarTransferPageTests {
    @Test(
        "Each refusal is on its instruction's page, with its vector and error code",
        arguments: CallGateTests.refusals + TaskSwitchFaultTests.before + TaskSwitchFaultTests.after)
    func refusals(condition: TransferRefusal) throws {
        let machine = try condition.machine()
        machine.step()
        let exception = try #require(machine.firstRefusal)
        let name = try #require(condition.code.split(separator: " ").first.map(String.init))
        let entry = try #require(InstructionReference.named(name)?.entries.last)
        #expect(entry.checks.contains { $0.matches(exception) }, "\(exception) is not on the page of \(name)")
    }

    @Test("A task gate of the IDT refuses as the page of INT says", arguments: TaskSwitchFaultTests.after)
    func interrupts(condition: TransferRefusal) throws {
        let machine = try condition.machine()
        machine.load([0xCD, 0x30], at: TestMachine.Place.code)
        machine.setGate(0x30, type: 5, to: 0x30)
        machine.step()
        let exception = try #require(machine.firstRefusal)
        condition.expect(exception)
        let checks = try #require(InstructionReference.named("int")?.entries.first).checks
        #expect(checks.contains { $0.matches(exception) })
    }

    @Test("CALL through a call gate makes the page's memory accesses, in its order")
    func callSteps() throws {
        let machine = try TestMachine("call 0x33:0", ring: 3)
        machine.setCallGate(0x30, parameters: 1)
        #expect(machine.step() == .executed)
        let page = try #require(InstructionReference.named("call")?.entries.last)
        #expect(machine.effects.accesses == page.accesses)
        #expect(page.accesses.count == 11)
    }
}
