import Testing
import X86

@Suite("Segments (SDM vol. 3, chapters 3 and 5)")
struct SegmentTests {
    @Test(
        "A selector that may not be loaded faults with its own value",
        arguments: [
            ("mov ds, ax", 0x08, 3, .generalProtection, 0x08), ("mov ds, ax", 0x10, 3, .generalProtection, 0x10),
            ("mov ds, ax", 0x100, 0, .generalProtection, 0x100), ("mov ds, ax", 0x28, 0, .generalProtection, 0x28),
            ("mov ds, ax", 0x30, 0, .segmentNotPresent, 0x30), ("mov ds, ax", 0x0C, 0, .generalProtection, 0x0C),
            ("mov ss, ax", 0, 0, .generalProtection, 0), ("mov ss, ax", 0x23, 0, .generalProtection, 0x20),
            ("mov ss, ax", 0x30, 0, .stackFault, 0x30), ("mov ss, ax", 0x08, 0, .generalProtection, 0x08),
            ("mov ds, ax", 0x13, 0, .generalProtection, 0x10), ("mov ds, ax", 0x38, 0, .generalProtection, 0x38),
            ("lldt ax", 0x10, 0, .generalProtection, 0x10), ("ltr ax", 0x28, 0, .generalProtection, 0x28),
        ] as [(String, UInt32, Int, Exception.Vector, UInt32)])
    func refused(code: String, selector: UInt32, ring: Int, vector: Exception.Vector, errorCode: UInt32) throws {
        let machine = try TestMachine(code, ring: ring)
        machine.setDescriptor(0x30, 0x00CF_1300_0000_FFFF)  // data, DPL 0, not present
        machine.setDescriptor(0x38, 0x00CF_9900_0000_FFFF)  // code, execute-only
        machine[.eax] = selector
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == vector)
        #expect(exception.errorCode == errorCode)
    }

    @Test("A null selector may be loaded, and faults when it is used")
    func null() throws {
        let machine = try TestMachine("mov ds, ax\nmov eax, [DATA]", ring: 3)
        #expect(machine.step() == .executed)
        let exception = try #require(machine.step().exception)
        #expect(exception.check == .segmentNull)
        #expect(exception.errorCode == 0)
    }

    @Test("LLDT of a null selector leaves no local table, and SLDT tells the selector as it was")
    func nullLocalTable() throws {
        let machine = try TestMachine("lldt ax\nsldt ebx\nmov es, cx")
        machine[.eax] = 3
        machine[.ecx] = 0x04
        machine.step()
        machine.step()
        #expect(machine[.ebx] == 3)
        #expect(machine.step().exception?.errorCode == 4)
    }

    @Test("Loading a descriptor sets its accessed bit")
    func accessed() throws {
        let machine = try TestMachine("mov ds, ax")
        machine.setDescriptor(0x30, 0x00CF_9200_0000_FFFF)
        machine[.eax] = 0x30
        machine.step()
        #expect(machine.word(at: TestMachine.Place.gdt + 0x34) == 0x00CF_9300)
    }

    @Test("LTR marks the TSS busy")
    func busy() throws {
        let machine = try TestMachine("nop")
        #expect(machine.word(at: TestMachine.Place.gdt + 0x2C) & 0xF00 == 0xB00)
        #expect(machine.taskRegister.selector == 0x28)
    }

    @Test(
        "An offset outside the limit is #GP(0), through SS #SS(0)",
        arguments: [
            ("mov al, [0x10000]", nil), ("mov al, [0xFFFF]", .executed), ("mov ax, [0xFFFF]", nil),
            ("mov eax, [0xFFFFFFFF]", nil),
        ] as [(String, StepOutcome?)])
    func limit(code: String, expected: StepOutcome?) throws {
        let machine = try TestMachine("mov ds, bx\n\(code)")
        machine.setDescriptor(0x30, 0x0040_9300_0000_FFFF)
        machine[.ebx] = 0x30
        machine.step()
        let outcome = machine.step()
        if let expected {
            #expect(outcome == expected)
        } else {
            #expect(outcome.exception?.check == .segmentLimit)
            #expect(outcome.exception?.vector == .generalProtection)
        }
    }

    @Test("An expand-down segment begins above its limit")
    func expandDown() throws {
        let machine = try TestMachine("mov ds, bx\nmov al, [0x10000]\nmov al, [0xFFFF]")
        machine.setDescriptor(0x30, 0x0040_9700_0000_FFFF)
        machine[.ebx] = 0x30
        machine.step()
        #expect(machine.step() == .executed)
        #expect(machine.step().exception?.check == .segmentLimit)
    }

    @Test("A base is added, and wraps at 4 GiB")
    func base() throws {
        let machine = try TestMachine("mov fs, bx\nmov eax, fs:[4]\nmov eax, fs:[0xFFFFFFF8]")
        machine.setDescriptor(0x30, 0x00CF_9302_0010_FFFF)  // base 20010h
        machine.store(0x1111, at: TestMachine.Place.data + 0x14)
        machine.store(0x2222, at: TestMachine.Place.data + 8)
        machine[.ebx] = 0x30
        machine.step()
        machine.step()
        #expect(machine[.eax] == 0x1111)
        machine.step()
        #expect(machine[.eax] == 0x2222)
    }

    @Test("Writing through a code segment or a read-only one is #GP(0)")
    func readOnly() throws {
        let machine = try TestMachine("mov byte cs:[DATA], 1")
        #expect(machine.step().exception?.check == .segmentNotWritable)
    }

    @Test("A jump outside the code segment faults at the jump")
    func codeLimit() throws {
        let machine = try TestMachine("jmp 0x30:next\nnext: jmp 0x20000")
        machine.setDescriptor(0x30, 0x0041_9B00_0000_FFFF)  // 128 KiB
        machine.step()
        let exception = try #require(machine.step().exception)
        #expect(exception.check == .codeLimit)
        #expect(machine.stack(2)[1] == TestMachine.Place.code + 7)
    }

    @Test(
        "LAR, LSL, VERR and VERW answer in ZF instead of faulting",
        arguments: [
            ("lar eax, ebx", 0x10, true, 0x00CF_9300), ("lar eax, ebx", 0x100, false, 7), ("lar eax, ebx", 0, false, 7),
            ("lsl eax, ebx", 0x10, true, 0xFFFF_FFFF), ("lsl eax, ebx", 0x28, true, 0x67), ("verr bx", 0x10, true, 7),
            ("verr bx", 0x08, true, 7), ("verw bx", 0x08, false, 7), ("verw bx", 0x13, false, 7),
        ] as [(String, UInt32, Bool, UInt32)])
    func queries(code: String, selector: UInt32, found: Bool, eax: UInt32) throws {
        let machine = try TestMachine(code)
        machine[.eax] = 7
        machine[.ebx] = selector
        #expect(machine.step() == .executed)
        #expect((machine.eflags & Flags.zero != 0) == found)
        #expect(machine[.eax] == eax)
    }

    @Test("ARPL raises a selector's RPL")
    func adjustPrivilege() throws {
        let machine = try TestMachine("arpl ax, bx\narpl ax, bx", ring: 3)
        machine[.eax] = 0x10
        machine[.ebx] = 0x1B
        machine.step()
        #expect(machine[.eax] == 0x13)
        #expect(machine.eflags & Flags.zero != 0)
        machine.step()
        #expect(machine.eflags & Flags.zero == 0)
    }

    @Test("With CR0.AM and EFLAGS.AC a misaligned access is #AC(0) in ring 3 only")
    func alignment() throws {
        let setup = "mov eax, cr0\nor eax, 0x40000\nmov cr0, eax"
        let machine = try TestMachine("mov eax, [DATA + 1]\nmov eax, [DATA + 1]", ring: 3, setup: setup)
        #expect(machine.step() == .executed)
        machine.eflags = Flags.alignmentCheck
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .alignmentCheck)
        #expect(exception.errorCode == 0)
        let kernel = try TestMachine("mov eax, [DATA + 1]", setup: setup)
        kernel.eflags = Flags.alignmentCheck
        #expect(kernel.step() == .executed)
    }
}
