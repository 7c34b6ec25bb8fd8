import X86

/// The guest code that speed is measured with: register arithmetic, then copies of 256 doublewords between the
/// two halves of a page. Every emulator runs the same bytes at the same address.
struct GuestLoop {
    /// Rounds of eight instructions of arithmetic, at least one.
    let arithmeticRounds: Int
    /// Copies of 256 doublewords, six instructions each, at least one.
    let copies: Int

    /// Where the code lies; the data that it copies is in page 20h.
    static let origin: UInt32 = 0x1_0000
    /// What the loop leaves in EAX and EBX, whatever its size.
    static let result: (eax: UInt32, ebx: UInt32) = (0, 0xF0)

    /// How many instructions it executes.
    var instructions: Int { 2 + arithmeticRounds * 8 + copies * (3 + 256 * 6 + 2) }

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
        .o: mov esi, 20000h
            mov edi, 20800h
            mov ecx, 256
        .c: mov eax, [esi]
            mov [edi], eax
            add esi, 4
            add edi, 4
            dec ecx
            jnz .c
            dec ebp
            jnz .o
        """
    }

    /// The machine code. It expects EBX to be one, all other general registers zero and flat segments; execution
    /// runs out of its end.
    func code() throws -> [UInt8] {
        try Assembler(file: "loop", source: source, origin: Self.origin).assemble().bytes
    }
}
