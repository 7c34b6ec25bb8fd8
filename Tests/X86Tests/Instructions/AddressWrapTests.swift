import Testing
import X86

@Suite("Operands of several parts with 16-bit addresses wrap at 64 KiB (as in Bochs)")
struct AddressWrapTests {
    @Test("LES, JMP FAR and CALL FAR find the selector at the beginning", arguments: ["les ecx, [si]", "jmp far [si]"])
    func farPointers(code: String) throws {
        let machine = try TestMachine(code)
        machine[.esi] = 0xFFFC
        machine.store(TestMachine.handler(0x40), at: 0xFFFC)
        machine.store(code.hasPrefix("les") ? 0x10 : 0x08, at: 0)
        machine.store(0x50, at: 0x1_0000 + 0x100)
        #expect(machine.step() == .executed)
        #expect(machine.effects.contains { if case .read(0, 2, _, .operand) = $0 { true } else { false } })
    }

    @Test("BOUND finds its upper bound, LGDT its base at the beginning")
    func others() throws {
        let machine = try TestMachine("bound eax, [si]\nmov si, 0xFFFE\nsgdt [si]\nlgdt [si]")
        machine[.esi] = 0xFFFC
        machine[.eax] = 5
        machine.store(0, at: 0xFFFC)
        machine.store(6, at: 0)
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        #expect(machine.word(at: 0) == TestMachine.Place.gdt)
        #expect(machine.step() == .executed)
    }

    @Test("With 32-bit addresses the part behind lies where it would be expected")
    func wide() throws {
        let machine = try TestMachine("les ecx, [esi]")
        machine[.esi] = TestMachine.Place.data + 0xFFFC
        machine.store(0x10, at: TestMachine.Place.data + 0x1_0000)
        #expect(machine.step() == .executed)
        #expect(machine.selector(.es) == 0x10)
    }
}
