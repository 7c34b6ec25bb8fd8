import Testing
import X86

@Suite("What each processor model executes")
struct CPUModelTests {
    @Test(
        "An instruction that the model lacks is #UD, and is named",
        arguments: [
            ("k6-2", "sysenter"), ("pentium", "sysenter"), ("pentium-pro", "sysenter"), ("pentium3", "syscall"),
            ("pentium", "cmovz eax, ebx"), ("k6-2", "cmovz eax, ebx"), ("486", "rdtsc"), ("486", "cmpxchg8b [DATA]"),
            ("486", "rdmsr"),
        ])
    func missing(model: String, code: String) throws {
        let machine = try TestMachine(code, model: model)
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .invalidOpcode)
        let mnemonic = String(code.prefix { $0 != " " }).uppercased()
        #expect(exception.check == .notOnThisModel(mnemonic: mnemonic))
    }

    @Test("The Pentium Pro's SEP bit lies: CPUID shows it, SYSENTER and its MSRs are not there")
    func pentiumPro() throws {
        let machine = try TestMachine("mov eax, 1\ncpuid\nmov ecx, 0x174\nrdmsr", model: "pentium-pro")
        machine.step()
        machine.step()
        #expect(machine[.edx] & 1 << 11 != 0)
        #expect(machine[.eax] == 0x619)
        machine.step()
        #expect(machine.step().exception?.vector == .generalProtection)
    }

    @Test(
        "CPUID leaf 0 spells the vendor in EBX, EDX, ECX",
        arguments: [
            ("pentium3", "GenuineIntel"), ("k6-2", "AuthenticAMD"),
        ])
    func vendor(model: String, expected: String) throws {
        let machine = try TestMachine("cpuid", ring: 3, model: model)
        machine.step()
        let words = [machine[.ebx], machine[.edx], machine[.ecx]]
        let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        #expect(machine[.eax] == 1)
    }

    @Test("A bit of CR4 that the model lacks is #GP(0)")
    func control() throws {
        let code = "mov eax, 0x10\nmov cr4, eax"
        #expect(try TestMachine(code, model: "486").run().exception?.vector == .generalProtection)
        let machine = try TestMachine(code, model: "pentium")
        machine.step()
        #expect(machine.step() == .executed)
    }

    @Test("RDTSC counts instructions, from where WRMSR sets it")
    func timeStamp() throws {
        let machine = try TestMachine("mov ecx, 0x10\nmov eax, 1000\nmov edx, 0\nwrmsr\nrdtsc\nrdtsc")
        for _ in 0..<5 { #expect(machine.step() == .executed) }
        let first = machine[.eax]
        machine.step()
        #expect(machine[.eax] == first + 1)
        #expect(first >= 1000 && first < 1010)
        #expect(machine.instructionCount < 100)
    }
}
