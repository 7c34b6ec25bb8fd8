import Testing
import X86

private typealias Place = TestMachine.Place

@Suite("Shadows of STI and of loads of SS (SDM vol. 2, STI; vol. 3, 6.8.3)")
struct InterruptShadowTests {
    private func machine(_ code: String, flags: UInt32 = 0) throws -> TestMachine {
        let machine = try TestMachine(code)
        machine[.eax] = 0x10
        machine.eflags = flags
        machine.requestInterrupt(0x21)
        return machine
    }

    @Test("STI lets one more instruction run")
    func sti() throws {
        let machine = try machine("sti\ninc ebx\ninc ebx")
        for _ in 0..<2 { #expect(machine.step() == .executed) }
        #expect(machine.step() == .interrupt(vector: 0x21))
        #expect(machine[.ebx] == 1)
    }

    @Test("STI with IF set already has no shadow")
    func stiTwice() throws {
        let machine = try machine("sti\nsti\nnop")
        for _ in 0..<2 { #expect(machine.step() == .executed) }
        #expect(machine.step() == .interrupt(vector: 0x21))
    }

    @Test("STI, CLI lets nothing through")
    func stiCli() throws {
        let machine = try machine("sti\ncli\nnop\nnop")
        for _ in 0..<4 { #expect(machine.step() == .executed) }
    }

    @Test("STI, HLT waits first and wakes then, so that no interrupt is lost between them")
    func stiHalt() throws {
        let machine = try machine("sti\nhlt\nnop")
        for _ in 0..<2 { #expect(machine.step() == .executed) }
        #expect(machine.isHalted)
        #expect(machine.step() == .interrupt(vector: 0x21))
        #expect(machine.stack(1) == [Place.code + 2])
    }

    @Test("STI, SYSEXIT is interrupted in ring 3 only")
    func stiSystemExit() throws {
        let setup = "mov ecx, 0x174\nmov eax, 8\nxor edx, edx\nwrmsr"
        let machine = try TestMachine("sti\nsysexit\nback: nop", setup: setup)
        machine[.edx] = Place.code + 3
        machine[.ecx] = Place.userStack
        machine.requestInterrupt(0x21)
        for _ in 0..<2 { #expect(machine.step() == .executed) }
        #expect(machine.cpl == 3)
        #expect(machine.step() == .interrupt(vector: 0x21))
        #expect(machine.stack(2) == [Place.code + 3, 0x1B])
    }

    @Test("MOV SS and POP SS hold INTR and NMI back for one instruction", arguments: ["mov ss, ax", "pop ss"])
    func stack(load: String) throws {
        let machine = try TestMachine("push eax\n\(load)\nmov esp, 0x6000\nnop")
        machine[.eax] = 0x10
        machine.step()
        machine.eflags = Flags.interrupt
        #expect(machine.step() == .executed)
        machine.requestInterrupt(0x21)
        machine.requestNMI()
        #expect(machine.step() == .executed)
        #expect(machine.step() == .interrupt(vector: 2))
        #expect(machine[.esp] == 0x6000 - 12)
    }

    @Test("Of two loads of SS in a row only the first has a shadow")
    func twoLoads() throws {
        let machine = try TestMachine("mov ss, ax\nmov ss, ax\nnop")
        machine[.eax] = 0x10
        machine.eflags = Flags.interrupt
        machine.step()
        machine.requestInterrupt(0x21)
        #expect(machine.step() == .executed)
        #expect(machine.step() == .interrupt(vector: 0x21))
    }

    @Test("LSS has no shadow")
    func lss() throws {
        let machine = try TestMachine("lss esp, [DATA]\nnop")
        machine.store(0x6000, at: Place.data)
        machine.store(0x10, at: Place.data + 4)
        machine.eflags = Flags.interrupt
        machine.step()
        machine.requestInterrupt(0x21)
        #expect(machine.step() == .interrupt(vector: 0x21))
    }
}
