import Testing
import X86

@Suite("Ports (SDM vol. 1, chapter 18)")
struct PortTests {
    @Test("Port E9h is the console, which answers E9h itself")
    func console() throws {
        let machine = try TestMachine("mov al, 'N'\nout 0xE9, al\nmov al, 'T'\nout 0xE9, al\nin al, 0xE9")
        for _ in 0..<5 { #expect(machine.step() == .executed) }
        #expect(machine.console == Array("NT".utf8))
        #expect(machine[.eax] & 0xFF == 0xE9)
    }

    @Test("Elsewhere nobody answers: reads give ones")
    func nobody() throws {
        let machine = try TestMachine("in al, 0x80\nmov edx, 0x3F8\nin eax, dx")
        machine.step()
        #expect(machine[.eax] == 0xFF)
        machine.step()
        machine.step()
        #expect(machine[.eax] == 0xFFFF_FFFF)
    }

    @Test("In ring 3 the TSS's bitmap permits single ports")
    func bitmap() throws {
        let setup = "mov word [TSS + 0x66], 0x30"
        let machine = try TestMachine("in al, 0x80\nin ax, 0x80\nnop", ring: 3, setup: setup)
        machine.load([0b10], at: TestMachine.Place.taskState + 0x30 + 0x10)  // 80h open, 81h closed
        #expect(machine.step() == .executed)
        #expect(machine.step().exception?.check == .inputOutputPrivilege)
        #expect(machine.stack(1) == [0])
    }

    @Test("A bitmap behind the TSS's limit permits nothing, IOPL 3 everything")
    func noBitmap() throws {
        let machine = try TestMachine("in al, 0x80", ring: 3)
        #expect(machine.step().exception?.vector == .generalProtection)
        let open = try TestMachine("in al, 0x80\ncli\nsti", ring: 3)
        open.eflags = Flags.ioPrivilege
        for _ in 0..<3 { #expect(open.step() == .executed) }
        #expect(open.eflags & Flags.interrupt != 0)
    }
}
