import Testing
import X86

@Suite("Encoding instructions")
struct InstructionEncodingTests {
    @Test(
        "Sizes are the shortest that the operands allow",
        arguments: [
            ("add eax, 1", "83 C0 01"),
            ("add eax, 0x80", "05 80 00 00 00"),
            ("add ebx, 0x80", "81 C3 80 00 00 00"),
            ("add eax, 0xFFFFFFF0", "83 C0 F0"),
            ("add ax, 0xFFF0", "66 83 C0 F0"),
            ("push 5", "6A 05"),
            ("push 0x80", "68 80 00 00 00"),
            ("imul eax, 5", "6B C0 05"),
            ("mov eax, 5", "B8 05 00 00 00"),
            ("mov eax, [ebx + 4]", "8B 43 04"),
            ("mov eax, [ebx + 0x80]", "8B 83 80 00 00 00"),
            ("mov eax, [ebx - 0x80]", "8B 43 80"),
            ("inc eax", "40"),
            ("xchg eax, ebx", "93"),
            ("shl eax, 1", "D1 E0"),
        ])
    func shortest(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test(
        "`strict` and size keywords force a width",
        arguments: [
            ("add eax, strict dword 5", "05 05 00 00 00"),
            ("add ebx, strict dword 5", "81 C3 05 00 00 00"),
            ("push strict dword 5", "68 05 00 00 00"),
            ("push word 5", "66 6A 05"),
            ("mov eax, [dword ebx + 5]", "8B 83 05 00 00 00"),
            ("mov eax, [byte ebx]", "8B 43 00"),
            ("x: jmp near x", "E9 FB FF FF FF"),
            ("x: jmp strict x", "E9 FB FF FF FF"),
            ("x: jz near x", "0F 84 FA FF FF FF"),
        ])
    func forced(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test(
        "Addresses keep 32 bits however small they are",
        arguments: [
            ("x: mov eax, [ebx + x]", "8B 83 00 00 00 00"),
            ("x: mov eax, [x]", "A1 00 00 00 00"),
            ("x: add eax, x", "05 00 00 00 00"),
            ("x: push x", "68 00 00 00 00"),
            ("x: mov ecx, [ebx * 4 + x]", "8B 0C 9D 00 00 00 00"),
        ])
    func addresses(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test(
        "Base and index follow NASM's rules",
        arguments: [
            ("mov ebx, [eax * 2]", "8B 1C 00"),
            ("mov ebx, [eax * 3]", "8B 1C 40"),
            ("mov ebx, [eax * 4]", "8B 1C 85 00 00 00 00"),
            ("mov ebx, [ebp + eax]", "8B 5C 05 00"),
            ("mov ebx, [eax + ebp]", "8B 1C 28"),
            ("mov ebx, [eax + esp]", "8B 1C 04"),
            ("mov ebx, [bx + si]", "67 8B 18"),
            ("mov ebx, [fs:0x18]", "64 8B 1D 18 00 00 00"),
            ("mov ebx, fs:[eax]", "64 8B 18"),
        ])
    func effectiveAddresses(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test(
        "The instructions of a system call assemble",
        arguments: [
            ("int 0x2E", "CD 2E"), ("sysenter", "0F 34"), ("sysexit", "0F 35"), ("syscall", "0F 05"),
            ("sysret", "0F 07"), ("iretd", "CF"), ("iret", "CF"), ("wrmsr", "0F 30"), ("rdmsr", "0F 32"),
            ("lgdt [eax]", "0F 01 10"), ("ltr ax", "0F 00 D8"), ("mov cr0, eax", "0F 22 C0"),
            ("mov dr7, eax", "0F 23 F8"), ("mov fs, eax", "8E E0"), ("push fs", "0F A0"), ("pushfd", "9C"),
            ("pushad", "60"), ("rep movsd", "F3 A5"), ("ret 0x24", "C2 24 00"),
            ("jmp 8:0x1234", "EA 34 12 00 00 08 00"),
            ("jmp far [eax]", "FF 28"), ("call [edx]", "FF 12"), ("invlpg [eax]", "0F 01 38"),
            ("lock cmpxchg8b [eax]", "F0 0F C7 08"), ("cmovz eax, ebx", "0F 44 C3"), ("out 0xE9, al", "E6 E9"),
            ("enter 16, 0", "C8 10 00 00"), ("loop $", "E2 FE"), ("jecxz $", "E3 FE"), ("cpuid", "0F A2"),
        ])
    func systemInstructions(source: String, bytes: String) {
        #expect(assembled(source) == bytes)
    }

    @Test(
        "Two names of one instruction give the same bytes",
        arguments: [
            ("jz $", "je $"), ("jc $", "jb $"), ("jnae $", "jb $"), ("setnle al", "setg al"),
            ("cmovnb eax, ebx", "cmovae eax, ebx"),
            ("sal eax, 3", "shl eax, 3"), ("repz cmpsb", "repe cmpsb"), ("loopz $", "loope $"), ("xlat", "xlatb"),
            ("retn", "ret"), ("pushf", "pushfd"), ("popa", "popad"),
        ])
    func aliases(one: String, other: String) {
        #expect(assembled(one) == assembled(other))
        #expect(!assembled(one).contains("error"))
    }

    @Test("A jump ahead is short while it reaches, and near beyond")
    func jumpAhead() {
        #expect(assembled("jmp x\nresb 127\nx:").hasPrefix("EB 7F "))
        #expect(assembled("jmp x\nresb 128\nx:").hasPrefix("E9 80 00 00 00 "))
        #expect(assembled("jz x\nresb 128\nx:").hasPrefix("0F 84 80 00 00 00 "))
    }

    @Test("A jump that grows makes the one over it grow")
    func growingJumps() {
        let source = "jmp z\njmp y\nresb 123\nz:\nresb 5\ny:"
        #expect(assembled(source).hasPrefix("E9 80 00 00 00 E9 80 00 00 00 "))
        #expect(assembled("jmp y\nresb 125\njmp z\ny: resb 127\nz:").hasPrefix("EB 7F "))
    }

    @Test("Jumps count from the origin")
    func absoluteTargets() {
        #expect(assembled("jmp 0x401000", origin: 0x401000) == "E9 FB FF FF FF")
        #expect(assembled("jmp short 0x401000", origin: 0x401000) == "EB FE")
        #expect(assembled("call there", symbols: ["there": 0x401010], origin: 0x401000) == "E8 0B 00 00 00")
    }
}
