import Testing
import X86

@Suite("Single step (SDM vol. 3, 17.3.1.4)")
struct SingleStepTests {
    @Test("After an instruction that began with TF set comes #DB, with the next address saved and TF clear")
    func trap() throws {
        let machine = try TestMachine("nop\nmov eax, dr6", ring: 3)
        machine.eflags = Flags.trap
        #expect(machine.step().exception?.vector == .debug)
        #expect(machine.stack(3) == [TestMachine.Place.code + 1, 0x1B, 0x102])
        #expect(machine.eflags == 2)
    }

    @Test("DR6.BS tells the handler why it was entered")
    func status() throws {
        let machine = try TestMachine("nop")
        machine.eflags = Flags.trap
        machine.load(try TestMachine.assemble("mov eax, dr6", at: 0), at: TestMachine.handler(1))
        machine.step()
        machine.step()
        #expect(machine[.eax] & 1 << 14 != 0)
    }

    @Test("The instruction that sets TF is exempt, the one that clears it is not")
    func popf() throws {
        let machine = try TestMachine("push 0x102\npopfd\nnop")
        for _ in 0..<2 { #expect(machine.step() == .executed) }
        #expect(machine.step().exception?.vector == .debug)
        let clearing = try TestMachine("push 2\npopfd")
        clearing.step()
        clearing.eflags = Flags.trap
        #expect(clearing.step().exception?.vector == .debug)
        #expect(clearing.stack(3)[2] == 2)
    }

    @Test("INT n clears TF, and no trap comes in its handler")
    func interrupt() throws {
        let machine = try TestMachine("int 0x2E", ring: 3)
        machine.eflags = Flags.trap
        #expect(machine.step() == .executed)
        #expect(machine.eip == TestMachine.handler(0x2E))
        #expect(machine.stack(3)[2] == 0x102)
    }

    @Test("A fault comes instead of the trap")
    func fault() throws {
        let machine = try TestMachine("ud2")
        machine.eflags = Flags.trap
        #expect(machine.step().exception?.vector == .invalidOpcode)
        #expect(machine.eip == TestMachine.handler(6))
    }

    @Test("MOV SS and POP SS hold the trap back for one instruction", arguments: ["mov ss, ax", "pop ss"])
    func stackShadow(instruction: String) throws {
        let machine = try TestMachine("push eax\n\(instruction)\nmov esp, 0x6000\nnop")
        machine[.eax] = 0x10
        machine.step()
        machine.eflags = Flags.trap
        #expect(machine.step() == .executed)
        #expect(machine.step().exception?.vector == .debug)
        #expect(machine[.esp] == 0x6000 - 12)
    }

    @Test("A repeated string instruction traps after each round, with RF saved while rounds are left")
    func rounds() throws {
        let machine = try TestMachine("rep stosb\nnop")
        machine[.ecx] = 2
        machine[.edi] = TestMachine.Place.data
        machine.eflags = Flags.trap
        #expect(machine.step().exception?.vector == .debug)
        #expect(machine.stack(3) == [TestMachine.Place.code, 0x08, 0x1_0102])
        #expect(machine[.ecx] == 1)
    }

    @Test("The trap after HLT wakes the processor")
    func halt() throws {
        let machine = try TestMachine("hlt\nnop")
        machine.eflags = Flags.trap
        #expect(machine.step().exception?.vector == .debug)
        #expect(machine.stack(1) == [TestMachine.Place.code + 1])
        #expect(!machine.isHalted)
    }
}
