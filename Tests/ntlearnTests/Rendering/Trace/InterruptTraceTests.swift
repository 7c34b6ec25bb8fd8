import Debugger
import Testing
import X86

@testable import ntlearn

@Suite("External interrupts in a trace")
struct InterruptTraceTests {
    /// A guest of ring 0 with gates for the vectors 2 and 30h.
    private static let guest = """
        bits 32
        org 0x100000
        start: dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000), start, start, 0, 0, boot@Start
        align 8
        gdt: dd 0, 0
        dd 0x0000FFFF, 0x00CF9B00, 0x0000FFFF, 0x00CF9300
        gdtr: dw 23
        dd gdt
        idtr: dw 0x30 * 8 + 7
        dd 0x201000
        boot@Start:
        lgdt [gdtr]
        lidt [idtr]
        mov dword [0x201010], 0x00083000
        mov dword [0x201014], 0x00208E00
        mov dword [0x201180], 0x00083000
        mov dword [0x201184], 0x00208E00
        mov esp, 0x204000
        sti
        nop
        again: inc eax
        jmp again
        """

    /// The first steps of the guest up to the interrupt, which is requested at the beginning.
    private func lines(columns: Int, isPlain: Bool, _ request: (inout CPU) -> Void) throws -> [String] {
        let assembly = try Assembler(file: "interrupt.asm", source: Self.guest).assemble()
        let machine = Machine(
            image: try BootableImage(name: "guest", assembly: assembly), model: try #require(CPUModel.named("pentium3"))
        )
        _ = machine.trace(to: nil, budget: 9)
        request(&machine.cpu)
        let trace = machine.trace(to: nil, budget: 1)
        var renderer = TraceListRenderer(columns: columns, isPlain: isPlain, symbols: machine.symbols)
        return trace.steps.flatMap { renderer.lines(for: $0, after: trace.after) }.map(\.text)
    }

    @Test("A row of its own names the vector, in place of the instruction that waits", arguments: [48, 80])
    func row(columns: Int) throws {
        let lines = try lines(columns: columns, isPlain: false) { $0.requestInterrupt(vector: 0x30) }
        let text = lines.joined(separator: "\n").replacing("\u{A0}", with: " ")
        #expect(text.contains("An external interrupt, vector 30h,"))
        #expect(text.contains("3 values pushed"))
        #expect(!text.contains("inc"))
        #expect(lines.allSatisfy { $0.count <= columns })
    }

    @Test("A sentence says what arrives, and before which instruction")
    func sentence() throws {
        let text = try lines(columns: 80, isPlain: true) { $0.requestInterrupt(vector: 0x30) }.joined()
        #expect(text.contains(": an external interrupt, vector 30h, arrives before inc eax; 3 values are pushed"))
    }

    @Test("An NMI is named as such")
    func nonMaskable() throws {
        let text = try lines(columns: 80, isPlain: true) { $0.requestNMI() }.joined()
        #expect(text.contains("a non-maskable interrupt arrives before inc eax"))
    }
}
