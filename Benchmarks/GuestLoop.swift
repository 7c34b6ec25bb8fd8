import X86

/// The guest code that speed is measured with: register arithmetic, then copies of 256 doublewords between the
/// two halves of a page.
struct GuestLoop {
    /// Rounds of eight instructions of arithmetic.
    let arithmeticRounds: UInt32
    /// Copies of 256 doublewords, six instructions each.
    let copies: UInt32

    private static let origin: UInt32 = 0x10_0000

    private var source: String {
        """
            mov ecx, \(arithmeticRounds)
        .a: add eax, ebx
            lea edx, [eax+ecx*2]
            xor ebx, edx
            rol ebx, 3
            sub eax, edx
            and edx, 0FFh
            dec ecx
            jnz .a
            mov ebp, \(copies)
        .o: mov esi, 200000h
            mov edi, 200800h
            mov ecx, 256
        .c: mov eax, [esi]
            mov [edi], eax
            add esi, 4
            add edi, 4
            dec ecx
            jnz .c
            dec ebp
            jnz .o
            hlt
        """
    }

    /// A processor about to execute the loop.
    func machine() throws -> CPU {
        let code = try Assembler(file: "loop", source: source, origin: Self.origin).assemble()
        var cpu = CPU(model: CPUModel.all[3])
        cpu.loadPhysical(code.bytes, at: Self.origin)
        cpu.eip = Self.origin
        cpu[.ebx] = 1
        return cpu
    }
}
