import Testing
import X86

@Suite("The stack")
struct StackTests {
    private static let top = TestMachine.Place.kernelStack

    @Test("PUSH ESP pushes the old value, POP ESP ends with the popped one")
    func stackPointer() throws {
        let machine = try TestMachine("push esp\npop esp\npush dword [esp]")
        machine.step()
        #expect(machine.stack(1) == [Self.top])
        machine.store(0x6000, at: Self.top - 4)
        machine.store(0xAA, at: 0x6000)
        machine.step()
        #expect(machine[.esp] == 0x6000)
        machine.step()
        #expect(machine.stack(1) == [0xAA])
    }

    @Test("POP to memory computes its address with ESP already raised")
    func popToMemory() throws {
        let machine = try TestMachine("push 5\npop dword [esp + 4]")
        machine.step()
        machine.step()
        #expect(machine.word(at: Self.top + 4) == 5)
        #expect(machine[.esp] == Self.top)
    }

    @Test("PUSHAD saves the old ESP, POPAD does not load it")
    func all() throws {
        let machine = try TestMachine("pushad\npopad")
        for register in Register.allCases where register != .esp { machine[register] = UInt32(register.rawValue) + 1 }
        machine.step()
        #expect(machine.stack(8) == [8, 7, 6, Self.top, 4, 3, 2, 1])
        machine.store(0xDEAD, at: Self.top - 20)
        machine.step()
        #expect(machine[.esp] == Self.top)
        #expect(machine[.edi] == 8)
    }

    @Test("PUSHAD onto an absent page writes nothing")
    func allRefused() throws {
        let machine = try TestMachine("pushad", ring: 3, paging: true)
        machine[.esp] = TestMachine.Place.data + 0x1010
        machine[.eax] = 0x1234
        machine.setPage(TestMachine.Place.data, 0)
        #expect(machine.step().exception?.address == TestMachine.Place.data + 0xFFC)
        #expect(machine.stack(5)[4] == TestMachine.Place.data + 0x1010, "the saved ESP")
        #expect(machine.word(at: TestMachine.Place.data + 0x100C) == 0)
    }

    @Test("ENTER copies the display of the enclosing frames, LEAVE takes the frame down")
    func frames() throws {
        let machine = try TestMachine("enter 8, 2\nleave")
        machine[.ebp] = 0x6F00
        machine.store(0x77, at: 0x6EFC)
        machine.step()
        #expect(machine[.ebp] == Self.top - 4)
        #expect(machine[.esp] == Self.top - 20)
        #expect(machine.stack(5).suffix(3) == [Self.top - 4, 0x77, 0x6F00])
        machine.step()
        #expect(machine[.esp] == Self.top)
        #expect(machine[.ebp] == 0x6F00)
    }

    @Test("PUSHFD shows neither RF nor VM; POPFD in ring 3 changes neither IF nor IOPL")
    func flags() throws {
        let machine = try TestMachine("pushfd\nmov dword [esp], 0x257FD7\npopfd", ring: 3)
        machine.eflags = Flags.resume | Flags.carry
        machine.step()
        #expect(machine.stack(1) == [3])
        machine.step()
        machine.step()
        #expect(machine.eflags == 0x24_4DD7, "neither RF, VM, IOPL nor IF")
    }

    @Test("A 16-bit stack segment uses SP and keeps the upper half of ESP")
    func narrowStack() throws {
        let machine = try TestMachine("mov ss, bx\npush eax\npush eax\nint 0x2E")
        machine.setDescriptor(0x30, 0x0000_9302_0000_FFFF)  // base 20000h, 16 bits
        machine[.ebx] = 0x30
        machine[.esp] = 0xABCD_0004
        machine[.eax] = 0x11
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        #expect(machine[.esp] == 0xABCD_FFFC)
        #expect(machine.word(at: 0x2_0000) == 0x11)
        #expect(machine.word(at: 0x2_FFFC) == 0x11)
        #expect(machine.step() == .executed)
        #expect(machine[.esp] == 0xABCD_FFF0)
        #expect(machine.word(at: 0x2_FFF4) == 0x08)
    }

    @Test("CALL and RET n", arguments: [("ret", 0), ("ret 8", 8)] as [(String, UInt32)])
    func callAndReturn(instruction: String, dropped: UInt32) throws {
        let machine = try TestMachine("call there\nnop\nthere: \(instruction)")
        machine.step()
        #expect(machine.stack(1) == [TestMachine.Place.code + 5])
        machine.step()
        #expect(machine.eip == TestMachine.Place.code + 5)
        #expect(machine[.esp] == Self.top + dropped)
    }
}
