import Debugger
import Testing
import X86

@testable import ntlearn

@Suite("Gates and tasks in a trace")
struct TaskSwitchTraceTests {
    /// A guest that switches from a task of ring 0 to one of ring 3, which comes back through a call gate.
    private static let guest = """
        bits 32
        org 0x100000
        start: dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000), start, start, 0, 0, boot@Start
        align 8
        gdt: dd 0, 0
        dd 0x0000FFFF, 0x00CF9B00, 0x0000FFFF, 0x00CF9300, 0x0000FFFF, 0x00CFFB00, 0x0000FFFF, 0x00CFF300
        dw 0x67, 0
        dd 0x00008920
        dw 0x67, 0x1000
        dd 0x00008920
        dw 0x2000, 8
        dd 0x0020EC00
        gdtr: dw 63
        dd gdt
        boot@Start:
        lgdt [gdtr]
        mov eax, 0x28
        ltr ax
        mov dword [0x201004], 0x208000
        mov dword [0x201008], 0x10
        mov dword [0x201020], user
        mov dword [0x201024], 2
        mov dword [0x201038], 0x209000
        mov dword [0x20104C], 0x1B
        mov dword [0x201050], 0x23
        mov byte [0x202000], 0xF4
        jmp 0x30:0
        user: call 0x38:0
        """

    @Test("A task switch is one change, not eighteen values; each ring's change says what let it through")
    func sentences() throws {
        let assembly = try Assembler(file: "tasks.asm", source: Self.guest).assemble()
        let machine = Machine(
            image: try BootableImage(name: "tasks", assembly: assembly),
            model: try #require(CPUModel.named("pentium3")))
        let trace = machine.trace(to: nil, budget: 14)
        var renderer = TraceListRenderer(columns: 80, isPlain: true, symbols: machine.symbols)
        let steps = trace.steps.suffix(3)
        let after = steps.dropFirst().map(\.before) + [trace.after]
        let text = zip(steps, after).flatMap { renderer.lines(for: $0, after: $1) }.map(\.text).joined(separator: "\n")
        #expect(text.contains("task 28h is saved in its TSS and task 30h loaded, cr0 becomes"))
        #expect(text.contains("The ring changes from 0 to 3: task switch from TSS 28h to TSS 30h."))
        #expect(text.contains("The ring changes from 3 to 0: CALL through call gate 38h (DPL 3), TSS stack."))
        #expect(!text.contains("18 values"))
    }

    @Test("In JSON they are kinds of their own, with the members that the documentation lists")
    func json() {
        func line(_ effect: Effect) -> String { String(decoding: JSONLine { $0.effect(effect) }.bytes, as: UTF8.self) }
        #expect(
            line(.switchTask(from: 0x28, to: 0x30, cause: .interruptReturn))
                == #"{"kind":"task-switch","from":"0x28","to":"0x30","cause":"iret"}"#)
        #expect(
            line(.checkCallGate(selector: 0x3B, dpl: 3, cpl: 3))
                == #"{"kind":"call-gate-check","selector":"0x3b","dpl":3,"cpl":3}"#)
        #expect(
            line(.checkTaskGate(selector: 0x38, dpl: 0, cpl: 0))
                == #"{"kind":"task-gate-check","selector":"0x38","dpl":0,"cpl":0}"#)
    }
}
