import Testing
import X86

/// A case found by comparing with Unicorn, with the outcome that the manual gives it. No oracle is needed to check it.
struct KeptCase: Sendable, CustomTestStringConvertible {
    /// What the manual says, and what Unicorn does instead.
    let why: String
    let guest: GuestCase
    var fault: UInt8?
    /// Of a page fault, if it matters.
    var faultAddress: UInt32?
    /// The registers that change.
    var registers: [Register: UInt32] = [:]
    /// The status flags at the end, among those that are defined.
    var flags: UInt32 = 0
    /// Bytes of memory at the end.
    var memory: [GuestCase.Content] = []

    var testDescription: String { "\(guest.disassembly): \(why)" }

    static let all: [KeptCase] = [
        KeptCase(
            why: "RET drops an unsigned number of bytes; Unicorn extends the sign of imm16",
            guest: GuestCase(code: [0xC2, 0x81, 0xFD], registers: [0, 0, 0, 0, 0x8700, 0, 0, 0], steps: 1),
            registers: [.esp: 0x1_8485]),
        KeptCase(
            why: "LOCK on a register is an invalid opcode; Unicorn executes it",
            guest: GuestCase(code: [0xF0, 0x87, 0xFC]), fault: 6),
        KeptCase(
            why: "LOCK on a register is an invalid opcode; Unicorn crashes",
            guest: GuestCase(code: [0x66, 0xF0, 0x0F, 0xBA, 0xF3, 0x11]), fault: 6),
        KeptCase(
            why: "LOCK on a comparison is an invalid opcode before memory is looked for; Unicorn's is a page fault",
            guest: GuestCase(code: [0xF0, 0x39, 0x35, 2, 0, 0, 0]), fault: 6),
        KeptCase(
            why: "the flags describe the result; Unicorn's describe the old value if there is a LOCK",
            guest: GuestCase(
                code: [0xF0, 0xF6, 0x1D, 0, 0x90, 0, 0], contents: [.init(address: 0x9000, bytes: [1])]),
            flags: Flags.carry | Flags.adjust | Flags.sign | Flags.parity,
            memory: [.init(address: 0x9000, bytes: [0xFF])]),
        KeptCase(
            why: "CMPXCHG8B leaves PF and SF alone; Unicorn forgets what the shift made of them",
            guest: GuestCase(
                code: [0xC0, 0xE2, 0x10, 0x0F, 0xC7, 0x0D, 0x60, 0x8F, 0, 0],
                contents: [.init(address: 0x8F60, bytes: [1, 0, 0, 0, 0, 0, 0, 0])],
                undefinedFlags: Flags.adjust | Flags.overflow | Flags.carry),
            registers: [.eax: 1], flags: Flags.parity),
        KeptCase(
            why: "a write at the new stack pointer must be possible; Unicorn does not try",
            guest: GuestCase(code: [0xC8, 0, 1, 0], registers: [0, 0, 0, 0, 0x8006, 0, 0, 0]), fault: 14),
        KeptCase(
            why: "with 16-bit operands EBP's upper half stays; Unicorn clears it",
            guest: GuestCase(code: [0x66, 0xC8, 0, 0, 0], registers: [0, 0, 0, 0, 0x9000, 0x1234_5678, 0, 0]),
            registers: [.esp: 0x8FFE, .ebp: 0x1234_8FFE]),
        KeptCase(
            why: "the outer frame at EBP-2 is read before the pushes reach the end of the stack; we checked them first",
            guest: GuestCase(code: [0x66, 0xC8, 0x10, 0, 0xDB], registers: [0, 0, 0, 0, 0x8013, 0, 0, 0]),
            fault: 14, faultAddress: 0xFFFF_FFFE),
        KeptCase(
            why: "a fault in the middle changes no register; Unicorn's POPA has loaded some",
            guest: GuestCase(code: [0x61], registers: [1, 2, 3, 4, 0x9FF4, 6, 7, 8]), fault: 14),
        KeptCase(
            why: "F6 /1 is TEST as F6 /0 is; Unicorn calls it invalid",
            guest: GuestCase(code: [0xF6, 0xCB, 0x54], undefinedFlags: UndefinedFlags.logic),
            flags: Flags.zero | Flags.parity),
        KeptCase(
            why: "a store across the end of memory writes nothing; Unicorn writes the part that is there",
            guest: GuestCase(
                code: [0xF3, 0xAB], registers: [0, 1, 0, 0, 0, 0, 0, 0x9FFE],
                contents: [.init(address: 0x9FFE, bytes: [5, 6])]),
            fault: 14, memory: [.init(address: 0x9FFE, bytes: [5, 6])]),
    ]
}

@Suite("Cases that comparing with Unicorn has left")
struct KeptCaseTests {
    @Test("Our processor does what the manual says", arguments: KeptCase.all)
    func outcome(kept: KeptCase) throws {
        let outcome = try kept.guest.onOurProcessor()
        #expect(outcome.fault?.vector == kept.fault)
        if let address = kept.faultAddress { #expect(outcome.fault?.address == address) }
        for register in Register.allCases {
            let number = Int(register.rawValue)
            #expect(outcome.registers[number] == kept.registers[register] ?? kept.guest.registers[number])
        }
        let defined = Flags.status & ~kept.guest.undefinedFlags
        #expect(outcome.eflags & defined == kept.flags)
        for content in kept.memory {
            let start = Int(content.address - GuestCase.dataAddress)
            #expect(Array(outcome.memory[start..<start + content.bytes.count]) == content.bytes)
        }
    }
}
