import Testing
import X86

@Suite("SYSENTER, SYSEXIT, SYSCALL and SYSRET")
struct SystemCallTests {
    private static let everyFlag: UInt32 = 0x4ED7
    private static let enter = """
        mov ecx, 0x174
        mov edx, 0
        mov eax, 8
        wrmsr
        inc ecx
        mov eax, 0x6800
        wrmsr
        inc ecx
        mov eax, 0x9000
        wrmsr
        """
    private static let call = """
        mov ecx, 0xC0000081
        mov eax, 0x9000
        mov edx, 0x00180008
        wrmsr
        dec ecx
        mov eax, 1
        mov edx, 0
        wrmsr
        """

    @Test("SYSENTER goes to the MSRs' EIP and ESP, clears IF only, and touches no memory")
    func systemEnter() throws {
        let machine = try TestMachine("sysenter", ring: 3, setup: Self.enter)
        machine.eflags = Self.everyFlag
        machine[.ecx] = 0x1111
        machine[.edx] = 0x2222
        #expect(machine.step() == .executed)
        #expect(machine.eflags == 0x4CD7)
        #expect(machine.eip == 0x9000)
        #expect(machine[.esp] == 0x6800)
        #expect(machine[.ecx] == 0x1111)
        #expect(machine[.edx] == 0x2222)
        #expect(machine.selector(.cs) == 0x08)
        #expect(machine.selector(.ss) == 0x10)
        #expect(machine.selector(.ds) == 0x23)
        #expect(machine.cpl == 0)
        #expect(machine.effects.touchNoMemory)
        let old = TestMachine.Place.userStack
        #expect(machine.effects.contains(.switchStack(oldSS: 0x23, oldESP: old, newSS: 0x10, newESP: 0x6800)))
    }

    @Test("The selector's RPL in MSR 174h does not count, and CS and SS are flat whatever the GDT says")
    func fixedHiddenParts() throws {
        let machine = try TestMachine("sysenter", ring: 3, setup: Self.enter + "\nmov ecx, 0x174\nmov eax, 0x33\nwrmsr")
        #expect(machine.step() == .executed)
        #expect(machine.selector(.cs) == 0x30)
        #expect(machine.selector(.ss) == 0x38)
        #expect(machine.segment(.cs).limit == .max)
        #expect(machine.segment(.ss).base == 0)
        #expect(machine.segment(.ss).dpl == 0)
    }

    @Test("SYSENTER with a null selector in MSR 174h is #GP(0)")
    func notSetUp() throws {
        let machine = try TestMachine("sysenter", ring: 3)
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .generalProtection)
        #expect(exception.errorCode == 0)
        #expect(exception.check == .systemEnterSelectorNull)
    }

    @Test("SYSEXIT goes to EDX on the stack in ECX and leaves the flags")
    func systemExit() throws {
        let machine = try TestMachine("sysexit", setup: Self.enter)
        machine.eflags = Self.everyFlag
        machine[.ecx] = 0x2F000
        machine[.edx] = TestMachine.Place.data
        #expect(machine.step() == .executed)
        #expect(machine.eflags == Self.everyFlag)
        #expect(machine.eip == TestMachine.Place.data)
        #expect(machine[.esp] == 0x2F000)
        #expect(machine.selector(.cs) == 0x1B)
        #expect(machine.selector(.ss) == 0x23)
        #expect(machine.cpl == 3)
        #expect(machine.effects.touchNoMemory)
    }

    @Test("SYSCALL saves EIP in ECX, keeps the user's ESP, clears IF only, and touches no memory")
    func systemCall() throws {
        let machine = try TestMachine("syscall", ring: 3, model: "k6-2", setup: Self.call)
        machine.eflags = Self.everyFlag
        #expect(machine.step() == .executed)
        #expect(machine.eflags == 0x4CD7)
        #expect(machine[.ecx] == TestMachine.Place.code + 2)
        #expect(machine.eip == 0x9000)
        #expect(machine[.esp] == TestMachine.Place.userStack)
        #expect(machine.selector(.cs) == 0x08)
        #expect(machine.selector(.ss) == 0x10)
        #expect(machine.cpl == 0)
        #expect(machine.effects.touchNoMemory)
    }

    @Test("SYSRET goes to ECX, sets IF, and leaves ESP")
    func systemReturn() throws {
        let machine = try TestMachine("sysret", model: "k6-2", setup: Self.call)
        machine.eflags = Self.everyFlag & ~Flags.interrupt
        machine[.ecx] = TestMachine.Place.data
        #expect(machine.step() == .executed)
        #expect(machine.eflags == Self.everyFlag)
        #expect(machine.eip == TestMachine.Place.data)
        #expect(machine[.esp] == TestMachine.Place.kernelStack)
        #expect(machine.selector(.cs) == 0x1B)
        #expect(machine.selector(.ss) == 0x23)
        #expect(machine.cpl == 3)
        #expect(machine.effects.touchNoMemory)
    }

    @Test("SYSRET gives SS a new selector and ring 3, and keeps its base and limit")
    func systemReturnKeepsStack() throws {
        let machine = try TestMachine("mov ax, 0x30\nmov ss, ax\nsysret", model: "k6-2", setup: Self.call)
        machine.setDescriptor(0x30, 0x0040_9300_0000_FFFF)  // 64 KiB
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        let stack = machine.segment(.ss)
        #expect(stack.selector == 0x23)
        #expect(stack.limit == 0xFFFF)
        #expect(stack.dpl == 3)
    }

    @Test("SYSCALL and SYSRET without EFER.SCE are #UD", arguments: ["syscall", "sysret"])
    func notEnabled(instruction: String) throws {
        let machine = try TestMachine(instruction, model: "k6-2")
        #expect(machine.step().exception?.check == .systemCallDisabled)
    }

    @Test("SYSEXIT and SYSRET in ring 3 are #GP(0)", arguments: ["sysexit", "sysret"])
    func fromRing3(instruction: String) throws {
        let machine = try TestMachine(instruction, ring: 3, model: "athlon", setup: Self.enter + "\n" + Self.call)
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .generalProtection)
        #expect(exception.errorCode == 0)
    }

    @Test(
        "TF survives SYSENTER and SYSCALL: #DB comes at the kernel's first instruction",
        arguments: ["sysenter", "syscall"])
    func trapFlag(instruction: String) throws {
        let machine = try TestMachine(instruction, ring: 3, model: "athlon", setup: Self.enter + "\n" + Self.call)
        machine.eflags = Flags.trap | Flags.interrupt
        #expect(machine.step().exception?.vector == .debug)
        #expect(machine.stack(3) == [0x9000, 0x08, 0x102])
        let stack = instruction == "syscall" ? TestMachine.Place.userStack : 0x6800
        #expect(machine[.esp] == stack - 12, "with SYSCALL the frame lies on the user's stack, in ring 0")
    }
}
