import Debugger
import Testing
import X86

@Suite("A machine under the microscope")
struct MachineTests {
    private func machine(_ code: String) throws -> Machine { try tinyMachine(code) }

    @Test("Labels inside macros and structure instances are no symbols")
    func privateLabels() throws {
        let macro = "%macro wait 0\n%%again: nop\n%endmacro\nwait\nboot@Next: hlt"
        let structure = "struc A\n.x: resd 1\nendstruc\nistruc A\nat .x, dd 5\niend"
        #expect(try machine("\(macro)\n\(structure)").symbols.symbols.map(\.name) == ["boot!Start", "boot!Next"])
    }

    @Test("The structures of the source are the machine's types")
    func types() throws {
        let machine = try machine(
            "mov eax, [ebx + _TINY.Second]\nhlt\nstruc _TINY\n.First: resd 1\n.Second: resd 1 ; Int4B\nendstruc")
        let type = try #require(machine.types.type(named: "tiny"))
        #expect(StructureDump(types: machine.types).lines(of: type).last == "   +0x004 Second           : Int4B")
    }

    @Test("A step tells the instruction, its registers before, and what it did")
    func step() throws {
        let machine = try machine("mov dword [0x200000], 7\nhlt")
        let step = machine.step()
        #expect(step.index == 0)
        #expect(step.code.mnemonic == "mov")
        #expect(step.location?.description == "boot!Start")
        #expect(step.before.eip == step.address)
        #expect(step.outcome == .executed)
        #expect(step.effects == [.write(address: 0x20_0000, size: 4, old: 0, new: 7)])
        #expect(machine.step().location?.description == "boot!Start+0xa")
    }

    @Test("Looking at the next instruction changes nothing")
    func nextStep() throws {
        let machine = try machine("inc eax\nhlt")
        let before = machine.cpu.state
        let step = machine.nextStep()
        #expect(step.outcome == nil)
        #expect(step.effects.isEmpty)
        #expect(machine.cpu.state == before)
        #expect(machine.stepCount == 0)
    }

    @Test("A trace ends at its address, at HLT, or at its budget")
    func ends() throws {
        let loop = "boot@Loop: inc eax\ncmp eax, 5\njne boot@Loop\nboot@Done: hlt"
        let code = "mov eax, 0\n" + loop
        let reached = try machine(code).trace(to: UInt32(try address("boot!Done", try machine(code))))
        #expect(reached.end == .reached)
        #expect(reached.after[.eax] == 5)
        #expect(reached.steps.count == 1 + 5 * 3)
        #expect(try machine(code).trace(to: nil).end == .halted)
        #expect(try machine(code).trace(to: nil, budget: 3).end == .budget)
        #expect(try machine(code).trace(to: nil, budget: 3).steps.count == 3)
    }

    @Test("A machine without an IDT shuts down at its first exception, and says so")
    func shutdown() throws {
        let machine = try machine("ud2")
        #expect(machine.trace(to: nil).end == .shutdown)
        #expect(machine.hasStopped)
    }

    @Test("A run counts its steps and stops where it is told to")
    func run() throws {
        let machine = try machine("inc eax\ninc eax\nboot@Here: inc eax\nhlt")
        let here = UInt32(try address("boot!Here", machine))
        #expect(machine.run(to: here) == .reached)
        #expect(machine.stepCount == 2)
        #expect(machine.run(to: here) == .reached)
        #expect(machine.stepCount == 2)
    }

    @Test("An endless loop is interrupted")
    func interrupted() throws {
        #expect(try machine("jmp $").run(to: nil, isInterrupted: { true }) == .interrupted)
        #expect(try machine("jmp $").trace(to: nil, isInterrupted: { true }).end == .interrupted)
    }

    @Test("Expressions read registers, symbols and memory")
    func expressions() throws {
        let machine = try machine("mov ecx, 0x1234\nhlt")
        _ = machine.step()
        #expect(try machine.evaluate("@ecx + 1") == 0x1235)
        #expect(try machine.evaluate("by(boot!Start)") == 0xB9)
        #expect(try machine.evaluate("poi(boot!Start + 1)") == 0x1234)
        #expect(throws: ExpressionError.self) { try machine.evaluate("boot!Strat") }
    }

    private func address(_ name: String, _ machine: Machine) throws -> UInt64 {
        try #require(machine.symbols.symbol(named: name)).address
    }
}
