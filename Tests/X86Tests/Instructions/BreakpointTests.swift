import Testing
import X86

private typealias Debug = TestMachine.Debug
private typealias Place = TestMachine.Place

@Suite("Instruction breakpoints (SDM vol. 3, 17.3.1.1)")
struct InstructionBreakpointTests {
    private func machine(
        _ code: String, at offset: UInt32, _ control: UInt32 = Debug.local0, ring: Int = 0
    ) throws -> TestMachine {
        try TestMachine(code, ring: ring, setup: TestMachine.arming(Place.code + offset, control))
    }

    @Test("The fault comes before the instruction, and DR6.B0 names the breakpoint", arguments: [0, 3])
    func fault(ring: Int) throws {
        let machine = try machine("nop\ninc eax", at: 1, ring: ring)
        #expect(machine.step() == .executed)
        #expect(machine.step().debugCheck == .instructionBreakpoint)
        #expect(machine[.eax] == 0)
        #expect(machine.stack(1) == [Place.code + 1])
        #expect(machine.metBreakpoints == 1)
    }

    @Test("The global enable arms it as well as the local one, and neither bit means disarmed")
    func enables() throws {
        #expect(try machine("nop", at: 0, Debug.global0).step().debugCheck == .instructionBreakpoint)
        #expect(try machine("nop", at: 0, Debug.local1).step() == .executed)
        #expect(try machine("nop", at: 0, 0).step() == .executed)
    }

    @Test("Only the first byte of an instruction counts, prefixes included")
    func firstByte() throws {
        let inside = try machine("db 0x3E\nmov eax, [DATA]", at: 1)
        #expect(inside.step() == .executed)
        #expect(try machine("db 0x3E\nmov eax, [DATA]", at: 0).step().debugCheck == .instructionBreakpoint)
    }

    @Test("The saved RF is clear; a handler that sets it lets the instruction pass once")
    func resume() throws {
        let machine = try machine("again: inc eax\njmp again", at: 0)
        machine.load(try TestMachine.assemble("or dword [esp+8], 0x10000\niretd", at: 0), at: TestMachine.handler(1))
        #expect(machine.step().debugCheck == .instructionBreakpoint)
        #expect(machine.stack(3)[2] & Flags.resume == 0)
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        #expect(machine[.eax] == 1)
        #expect(machine.eflags & Flags.resume == 0)
        #expect(machine.step() == .executed)
        #expect(machine.step().debugCheck == .instructionBreakpoint)
    }

    @Test("Without RF the handler's IRETD leads to the same breakpoint again")
    func loop() throws {
        let machine = try machine("nop", at: 0)
        machine.load(try TestMachine.assemble("iretd", at: 0), at: TestMachine.handler(1))
        for _ in 0..<3 {
            #expect(machine.step().debugCheck == .instructionBreakpoint)
            #expect(machine.step() == .executed)
        }
    }

    @Test("A fault of any other kind is saved with RF set, so that the breakpoint does not strike twice")
    func otherFault() throws {
        let machine = try TestMachine("ud2")
        #expect(machine.step().exception?.vector == .invalidOpcode)
        #expect(machine.stack(3)[2] & Flags.resume != 0)
    }

    @Test("INT n saves RF clear even if it began with RF set")
    func softwareInterrupt() throws {
        let machine = try TestMachine("int 0x2E", ring: 3)
        machine.eflags = Flags.resume
        #expect(machine.step() == .executed)
        #expect(machine.stack(3)[2] & Flags.resume == 0)
    }

    @Test("A repeated string instruction meets its breakpoint once, and RF lasts for all rounds")
    func rounds() throws {
        let machine = try machine("rep stosb\nnop", at: 0)
        machine[.ecx] = 3
        machine[.edi] = Place.data
        machine.eflags = Flags.resume
        for _ in 0..<2 {
            #expect(machine.step() == .executed)
            #expect(machine.eflags & Flags.resume != 0)
        }
        #expect(machine.step() == .executed)
        #expect(machine.eflags & Flags.resume == 0)
        #expect(machine.eip == Place.code + 2)
    }

    @Test("The instruction behind MOV SS passes as if RF were set")
    func behindStackLoad() throws {
        let machine = try machine("mov ss, ax\nmov esp, 0x6000\nnop", at: 2)
        machine[.eax] = 0x10
        for _ in 0..<3 { #expect(machine.step() == .executed) }
    }

    @Test("It comes before a fault of fetching the instruction")
    func fetch() throws {
        let machine = try TestMachine(
            "jmp 0x50000", paging: true, setup: TestMachine.arming(0x5_0000, Debug.local0))
        machine.setPage(0x5_0000, 0)
        machine.step()
        #expect(machine.step().debugCheck == .instructionBreakpoint)
    }
}

@Suite("Data breakpoints (SDM vol. 3, 17.3.1.2)")
struct DataBreakpointTests {
    private func machine(
        _ code: String, _ control: UInt32, at address: UInt32 = Place.data, ring: Int = 0
    ) throws -> TestMachine {
        try TestMachine(code, ring: ring, setup: TestMachine.arming(address, control | Debug.local0))
    }

    @Test("The trap comes behind the instruction: the write is done, the next address is saved", arguments: [0, 3])
    func write(ring: Int) throws {
        let machine = try machine("mov byte [DATA], 5\nnop", Debug.write0, ring: ring)
        #expect(machine.step().debugCheck == .dataBreakpoint)
        #expect(machine.bytes(at: Place.data, count: 1) == [5])
        #expect(machine.stack(1) == [Place.code + 7])
        #expect(machine.metBreakpoints == 1)
        #expect(machine.effects.writes.first == Place.data)
    }

    @Test("R/W = 01 watches writes only; R/W = 11 reads and writes, not fetches")
    func conditions() throws {
        #expect(try machine("mov al, [DATA]", Debug.write0).step() == .executed)
        #expect(try machine("mov al, [DATA]", Debug.access0).step().debugCheck == .dataBreakpoint)
        #expect(try machine("inc byte [DATA]", Debug.write0).step().debugCheck == .dataBreakpoint)
        #expect(try machine("nop", Debug.access0, at: Place.code).step() == .executed)
    }

    @Test(
        "Any byte of the watched range counts, none outside it",
        arguments: [
            ("mov al, [DATA+3]", true), ("mov al, [DATA+4]", false), ("mov ax, [DATA-1]", true),
            ("mov al, [DATA-1]", false), ("mov eax, [DATA-4]", false), ("mov eax, [DATA-3]", true),
        ])
    func range(code: String, isHit: Bool) throws {
        let outcome = try machine(code, Debug.access0 | Debug.fourBytes0).step()
        #expect(outcome == .executed ? !isHit : isHit)
    }

    @Test("LEN masks the low bits of the address")
    func alignment() throws {
        let four = Debug.access0 | Debug.fourBytes0
        #expect(try machine("mov al, [DATA]", four, at: Place.data + 3).step().debugCheck == .dataBreakpoint)
        #expect(try machine("mov al, [DATA+4]", four, at: Place.data + 3).step() == .executed)
        let two = Debug.access0 | Debug.twoBytes0
        #expect(try machine("mov al, [DATA+2]", two, at: Place.data + 3).step().debugCheck == .dataBreakpoint)
        #expect(try machine("mov al, [DATA+1]", two, at: Place.data + 3).step() == .executed)
    }

    @Test("A repeated string instruction traps between rounds, with RF saved while rounds are left")
    func rounds() throws {
        let machine = try machine("rep stosb\nnop", Debug.write0, at: Place.data + 1)
        machine[.ecx] = 3
        machine[.edi] = Place.data
        #expect(machine.step() == .executed)
        #expect(machine.step().debugCheck == .dataBreakpoint)
        #expect(machine[.ecx] == 1)
        #expect(machine.stack(3)[0] == Place.code)
        #expect(machine.stack(3)[2] & Flags.resume != 0)
    }

    @Test("With TF set as well there is one #DB, with both BS and B0 in DR6")
    func withSingleStep() throws {
        let machine = try machine("mov byte [DATA], 5", Debug.write0)
        machine.eflags = Flags.trap
        #expect(machine.step().debugCheck == .dataBreakpoint)
        #expect(machine.debugRegister(6) & (Debug.singleStep | 0xF) == Debug.singleStep | 1)
        #expect(machine.eip == TestMachine.handler(1))
    }

    @Test("An instruction that faults behind the access raises its fault, not the trap")
    func fault() throws {
        let machine = try machine("bound eax, [DATA]", Debug.access0)
        machine[.eax] = 1
        #expect(machine.step().exception?.vector == .boundRange)
        #expect(machine.step() == .executed)
    }

    @Test("POP SS holds its own trap back: behind INT n it strikes in the handler, as CVE-2018-8897 found")
    func heldBack() throws {
        let machine = try machine("pop ss\nint 0x2E", Debug.access0, at: Place.data)
        machine.store(0x10, at: Place.data)
        machine[.esp] = Place.data
        #expect(machine.step() == .executed)
        #expect(machine.step().debugCheck == .dataBreakpoint)
        #expect(machine.stack(1) == [TestMachine.handler(0x2E)])
    }

    @Test("The pushes of INT n are the instruction's accesses, and the trap comes in its handler")
    func gate() throws {
        let machine = try machine("int 0x2E", Debug.write0 | Debug.fourBytes0, at: 0x6000 - 4, ring: 3)
        machine.store(0x6000, at: Place.taskState + 4)
        #expect(machine.step().debugCheck == .dataBreakpoint)
        #expect(machine.stack(1) == [TestMachine.handler(0x2E)])
    }

    @Test("I/O breakpoints need CR4.DE", arguments: [true, false])
    func ports(extensions: Bool) throws {
        let setup = TestMachine.arming(0x80, Debug.port0 | Debug.local0, extensions: extensions)
        let machine = try TestMachine("out 0x80, al\nin al, 0x81", setup: setup)
        #expect((machine.step().debugCheck == .dataBreakpoint) == extensions)
        machine.eip = Place.code + 2
        #expect(machine.step() == .executed)
    }
}

@Suite("Debug registers (SDM vol. 3, 17.2)")
struct DebugRegisterTests {
    @Test("With GD set an access to a debug register is #DB instead, with BD set and GD cleared for the handler")
    func generalDetect() throws {
        let machine = try TestMachine("mov eax, dr0", setup: TestMachine.arming(1, Debug.guarded))
        #expect(machine.step().debugCheck == .debugRegisterGuarded)
        #expect(machine[.eax] == 0)
        #expect(machine.stack(3)[0] == Place.code)
        #expect(machine.stack(3)[2] & Flags.resume != 0)
        #expect(machine.debugRegister(6) & Debug.accessDetected != 0)
        #expect(machine.debugRegister(7) & Debug.guarded == 0)
    }

    @Test("CPL is checked before GD")
    func privilege() throws {
        let machine = try TestMachine("mov eax, dr0", ring: 3, setup: TestMachine.arming(1, Debug.guarded))
        #expect(machine.step().exception?.check == .ringZeroOnly)
    }

    @Test("DR4 and DR5 are DR6 and DR7 while CR4.DE is clear, and #UD while it is set")
    func aliases() throws {
        let machine = try TestMachine("mov eax, dr4\nmov ebx, dr5", setup: TestMachine.arming(0, 0x100))
        #expect(machine.run(budget: 2) == .executed)
        #expect(machine[.eax] == 0xFFFF_0FF0)
        #expect(machine[.ebx] == 0x500)
        let without = try TestMachine("mov eax, dr4", setup: TestMachine.arming(0, 0, extensions: true))
        #expect(without.step().exception?.vector == .invalidOpcode)
    }

    @Test("INT1 leaves DR6 alone")
    func interrupt1() throws {
        let machine = try TestMachine("db 0xF1", ring: 3)
        #expect(machine.step() == .executed)
        #expect(machine.eip == TestMachine.handler(1))
        #expect(machine.debugRegister(6) == 0xFFFF_0FF0)
    }
}
