import Testing
import X86

@Suite("Interrupts and exceptions through task gates (SDM vol. 3, 6.12.2)")
struct TaskGateTests {
    private static let new: UInt32 = 0x3400
    private static let entry = TestMachine.handler(0x41)

    @Test("INT n enters the task with NT and a back link, and IRETD continues behind INT n")
    func software() throws {
        let machine = try TestMachine("int 0x30\nnop", ring: 3)
        machine.setTask(0x30, at: Self.new)
        machine.setGate(0x30, type: 5, to: 0x30)
        machine.load([0xCF], at: Self.entry)
        machine.eflags = 0x202
        #expect(machine.step() == .executed)
        #expect(machine.cpl == 0)
        #expect(machine.eflags == 2 | Flags.nestedTask)
        #expect(machine[.esp] == 0x6000, "nothing is pushed")
        #expect(machine.half(at: Self.new) == 0x28)
        #expect(machine.effects.reads.prefix(2) == [.interruptGate, .descriptor])
        #expect(machine.effects.contains(.changeRing(from: 3, to: 0)))
        #expect(machine.step() == .executed)
        #expect(machine.eip == TestMachine.Place.code + 2)
        #expect(machine.cpl == 3)
        #expect(machine.eflags == 0x202)
    }

    @Test(
        "An exception's error code goes onto the new task's stack, a dword or with a 16-bit TSS a word",
        arguments: [4, 2])
    func errorCode(width: UInt32) throws {
        let machine = try TestMachine("nop\nmov ax, 0x50\nmov ds, ax", ring: 3)
        machine.setTask(0x30, at: Self.new, is32Bit: width == 4)
        machine.setGate(13, type: 5, dpl: 0, to: 0x30)
        let exception = try #require(machine.run().exception)
        #expect(exception.vector == .generalProtection)
        let esp: UInt32 = width == 4 ? 0x6000 : 0xFFFF_6000
        #expect(machine[.esp] == esp - width)
        let old = TestMachine.Place.taskState
        #expect(machine.word(at: old + 0x20) == TestMachine.Place.code + 5)
        #expect(machine.word(at: old + 0x24) == 2 | Flags.resume, "the saved flags have RF")
    }

    @Test("#DF through a task gate runs on a stack of its own; its task can repair and return")
    func doubleFault() throws {
        let machine = try TestMachine("mov ax, 0x50\nmov ds, ax\nnop")
        machine.setGate(13, dpl: 0, isPresent: false)
        machine.setTask(0x30, at: Self.new)
        machine.setGate(8, type: 5, dpl: 0, to: 0x30)
        let repair = "add esp, 4\nmov byte [IDT+13*8+5], 0x8E\niretd"
        machine.load(try TestMachine.assemble(repair, at: Self.entry), at: Self.entry)
        #expect(machine.run().exception?.vector == .doubleFault)
        #expect(machine.stack(1) == [0])
        #expect(machine.taskRegister.selector == 0x30)
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        #expect(machine.eip == TestMachine.Place.code + 4)
        #expect(machine[.esp] == TestMachine.Place.kernelStack)
        #expect(machine.step().exception?.vector == .generalProtection)
        #expect(machine.eip == TestMachine.handler(13))
    }

    @Test("A broken task for #DF is a shutdown")
    func tripleFault() throws {
        let machine = try TestMachine("mov ax, 0x50\nmov ds, ax")
        machine.setGate(13, dpl: 0, isPresent: false)
        machine.setTask(0x30, at: Self.new)
        machine.store(0, at: Self.new + 0x50)
        machine.setGate(8, type: 5, dpl: 0, to: 0x30)
        machine.step()
        #expect(machine.step() == .shutdown)
    }

    @Test("The T flag of the task for #DF is a trap in that task, no third fault")
    func trapInDoubleFault() throws {
        let machine = try TestMachine("mov ax, 0x50\nmov ds, ax")
        machine.setGate(13, dpl: 0, isPresent: false)
        machine.setTask(0x30, at: Self.new)
        machine.store(0x68 << 16 | 1, at: Self.new + 0x64)
        machine.setGate(8, type: 5, dpl: 0, to: 0x30)
        machine.step()
        #expect(machine.step().exception?.vector == .doubleFault)
        #expect(machine.step().exception?.check == .taskTrap)
        #expect(machine.stack(4) == [Self.entry, 0x08, 2 | Flags.nestedTask, 0])
    }

    @Test("A TSS that is already busy refuses the gate with its selector, and with EXT for an exception")
    func busy() throws {
        for (code, errorCode) in [("int 0x30", 0x28), ("ud2", 0x29)] as [(String, UInt32)] {
            let machine = try TestMachine(code)
            machine.setGate(code == "ud2" ? 6 : 0x30, type: 5, to: 0x28)
            let exception = try #require(machine.step().exception)
            #expect(exception.vector == .generalProtection)
            #expect(exception.errorCode == errorCode)
            #expect(exception.check == .taskBusy)
        }
    }

    @Test("Exceptions that each lead to the next end in a shutdown: every gate to a task that cannot run")
    func ends() throws {
        let machine = try TestMachine("ud2")
        machine.setTask(0x30, at: Self.new)
        machine.store(Flags.virtual8086, at: Self.new + 0x24)
        for vector in UInt8(0)..<0x20 { machine.setGate(vector, type: 5, to: 0x30) }
        #expect(machine.step() == .shutdown)
    }

    @Test("#AC on the way to its own handler ends as well")
    func alignment() throws {
        let setup = "mov eax, cr0\nor eax, 0x40000\nmov cr0, eax"
        let machine = try TestMachine("mov eax, [DATA+1]", ring: 3, setup: setup)
        machine.setDescriptor(0x38, 0x00CF_9F00_0000_FFFF)  // conforming: the handler stays in ring 3
        machine.setGate(17, type: 14, to: 0x38, TestMachine.handler(17))
        machine.eflags |= Flags.alignmentCheck
        machine[.esp] = TestMachine.Place.userStack - 1
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .doubleFault)
    }
}
