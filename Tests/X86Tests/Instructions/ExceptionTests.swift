import Testing
import X86

@Suite("Delivery of exceptions (SDM vol. 3, 6.12–6.15)")
struct ExceptionTests {
    @Test("A fault saves its own address, with RF set in the saved flags, and an error code if it has one")
    func faultFrame() throws {
        let machine = try TestMachine("nop\nmov ax, 8\nmov ds, ax", ring: 3)
        let exception = try #require(machine.run().exception)
        #expect(exception.vector == .generalProtection)
        #expect(machine.stack(6) == [8, TestMachine.Place.code + 5, 0x1B, 0x1_0002, TestMachine.Place.userStack, 0x23])
        #expect(machine.eip == TestMachine.handler(13))
    }

    @Test("RF lasts for one instruction after IRETD")
    func resumeFlag() throws {
        let machine = try TestMachine("push 0x10002\npush 0x08\npush next\niretd\nnext: nop\nnop")
        for _ in 0..<4 { #expect(machine.step() == .executed) }
        #expect(machine.eflags == 0x1_0002)
        #expect(machine.step() == .executed)
        #expect(machine.eflags == 2)
    }

    @Test("A contributory fault while #GP is delivered is a double fault with error code 0")
    func doubleFault() throws {
        let machine = try TestMachine("mov ax, 0x50\nmov ds, ax")
        machine.setGate(13, dpl: 0, isPresent: false)
        let exception = try #require(machine.run().exception)
        #expect(exception.vector == .doubleFault)
        #expect(exception.errorCode == 0)
        #expect(machine.eip == TestMachine.handler(8))
        #expect(machine.stack(1) == [0])
    }

    @Test("A fault while a benign exception is delivered is delivered in its place, with EXT set")
    func benignThenContributory() throws {
        let machine = try TestMachine("ud2")
        machine.setGate(6, dpl: 0, isPresent: false)
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .segmentNotPresent)
        #expect(exception.errorCode == 0x33)
    }

    @Test("A page fault while a page fault is delivered is a double fault; CR2 holds the second address")
    func pageFaultTwice() throws {
        let machine = try TestMachine("mov esp, 0x25800\nmov eax, [DATA]", paging: true)
        machine.setPage(TestMachine.Place.data, 0)
        machine.setPage(0x25000, 0)
        machine.step()
        #expect(machine.step() == .shutdown, "the double fault has no stack either")
        #expect(machine.control(2) == 0x257FC)
    }

    @Test("Three faults on top of each other stop the processor for good")
    func tripleFault() throws {
        let machine = try TestMachine("lidt [DATA]\nint 3")
        #expect(machine.step() == .executed)
        #expect(machine.step() == .shutdown)
        #expect(machine.isShutDown)
        #expect(machine.step() == .shutdown)
        #expect(machine.run(budget: 1000, until: nil).outcome == .shutdown)
    }

    @Test("An instruction that is not there yet is #UD, and the effects say its name")
    func notImplemented() throws {
        let machine = try TestMachine("emms")
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .invalidOpcode)
        #expect(exception.check == .notImplemented(what: "EMMS"))
        #expect(machine.effects.contains(.raise(exception)))
    }

    @Test("x87 instructions are #NM while CR0.EM or TS is set; WAIT only with MP and TS")
    func deviceNotAvailable() throws {
        let machine = try TestMachine("db 0xD9, 0xEE", setup: "mov eax, cr0\nor eax, 4\nmov cr0, eax")
        #expect(machine.step().exception?.vector == .deviceNotAvailable)
        let waiting = try TestMachine("wait", setup: "mov eax, cr0\nor eax, 0x0A\nmov cr0, eax")
        #expect(waiting.step().exception?.vector == .deviceNotAvailable)
        let idle = try TestMachine("wait", setup: "mov eax, cr0\nor eax, 0x08\nmov cr0, eax")
        #expect(idle.step() == .executed)
    }

    @Test("LOCK before an instruction that may not have it is #UD")
    func lock() throws {
        let machine = try TestMachine("db 0xF0, 0x90\nnop")
        #expect(machine.step().exception?.check == .lockNotAllowed)
    }

    @Test(
        "Instructions of ring 0 are #GP(0) in ring 3",
        arguments: [
            "hlt", "mov eax, cr0", "mov cr3, eax", "mov eax, dr7", "lgdt [DATA]", "lidt [DATA]", "lldt ax", "ltr ax",
            "lmsw ax", "clts", "invlpg [DATA]", "wbinvd", "invd", "rdmsr", "wrmsr", "cli", "sti", "in al, dx",
            "out 0x80, al",
        ])
    func privileged(instruction: String) throws {
        let machine = try TestMachine(instruction, ring: 3)
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .generalProtection)
        #expect(exception.errorCode == 0)
    }

    @Test("An instruction of more than 15 bytes is #GP(0)")
    func tooLong() throws {
        let machine = try TestMachine("times 15 db 0x66\nnop")
        #expect(machine.step().exception?.check == .instructionTooLong)
    }
}
