import Testing
import X86

@testable import ntlearn

@Suite("Instruction pages")
struct InstructionPageTests {
    private static func lines(_ name: String, columns: Int = 80, plain: Bool = false) throws -> [String] {
        let terminal = Terminal(isTTY: false, columns: columns, environment: [:], plain: plain)
        let reference = try #require(InstructionReference.named(name))
        return InstructionPage(reference: reference, layout: Layout(terminal)).lines.map(\.text)
    }

    @Test("Every page fits its terminal, has no blank ends and no doubled blank lines", arguments: [40, 80])
    func width(columns: Int) throws {
        for name in InstructionReference.mnemonics {
            let lines = try Self.lines(name, columns: columns)
            #expect(lines.allSatisfy { $0.count <= columns && $0.last != " " }, "\(name)")
            #expect(!zip(lines, lines.dropFirst()).contains { $0.isEmpty && $1.isEmpty }, "\(name)")
            #expect(lines.first == name.uppercased() && lines.last != "")
        }
    }

    @Test("A short page in full")
    func short() throws {
        #expect(
            try Self.lines("cli").joined(separator: "\n") == """
                CLI

                  Clears IF: maskable interrupts wait.

                  Exceptions, NMI and INT n are not held back; an interrupt that is asked
                  for meanwhile waits until IF is set again. NT's IOPL is 0, so in ring 3 it
                  is #GP(0): a user program cannot stop the clock.

                  Checks
                    1. #GP(0): CPL is greater than IOPL

                  Flags
                    Cleared    IF
                    Unchanged  all others

                  Models
                    Every model has it.

                  Source: Intel SDM vol. 2, CLI.
                """)
    }

    @Test("INT counts its checks and its steps, the accesses among them")
    func interrupt() throws {
        let text = try Self.lines("int").joined(separator: "\n")
        #expect(text.contains("3.  #GP(n*8+2): the gate's DPL is less than CPL"))
        #expect(text.contains("11. pushes EIP of the next instruction"))
        #expect(text.contains("Memory: 5 reads, 5 writes, page tables not counted."))
    }

    @Test("A plain page has a sentence for each check, flag group and step")
    func plain() throws {
        let text = try Self.lines("sysexit", plain: true).joined(separator: "\n")
        #expect(text.contains("Check 3: #GP(0) if CPL is not 0."))
        #expect(text.contains("Step 4: CPL = 3, ESP = ECX, EIP = EDX."))
        #expect(text.contains("Have it: pentium2, pentium3, athlon."))
        #expect(text.contains("No flag changes."))
        #expect(try Self.lines("shl", plain: true).joined(separator: "\n").contains("Computed: CF, PF, ZF, SF, OF."))
    }
}
