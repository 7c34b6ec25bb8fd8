import X86

/// An instruction that is compared with Bochs: what it is, and what it did to memory here.
struct BochsStep {
    let eip: UInt32
    private let code: [UInt8]
    var accesses: [MemoryAccess] = []

    init(cpu: borrowing CPU) {
        eip = cpu.eip
        code = cpu.bytes(at: cpu.linearEIP, count: 15)
    }

    var text: String { Disassembler(.intel).disassemble(code, at: eip).text }

    /// CPUID, RDTSC: what they answer is the chip's own affair, so that ours takes over what Bochs' said.
    var readsIdentity: Bool { code.starts(with: [0x0F, 0xA2]) || code.starts(with: [0x0F, 0x31]) }
    var identityRegisters: [Register] { code[1] == 0xA2 ? [.eax, .ebx, .ecx, .edx] : [.eax, .edx] }

    /// How the accesses differ from Bochs', or `nil` if they do not.
    func difference(_ theirs: [MemoryAccess]) -> String? {
        guard accesses != theirs else { return nil }
        return "accesses:\n    ours  \(accesses)\n    Bochs \(theirs)"
    }
}
