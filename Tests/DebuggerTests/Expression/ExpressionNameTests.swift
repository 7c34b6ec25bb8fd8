import Debugger
import Testing

@Suite("Registers and symbols in expressions")
struct ExpressionNameTests {
    @Test(
        "Registers, their parts and flags, with and without @",
        arguments: [
            ("@eax", 0x1122_3344), ("eax", 0x1122_3344), ("EAX", 0x1122_3344), ("@ax", 0x3344), ("ax", 0x3344),
            ("@al", 0x44), ("@ah", 0x33), ("sp", 0xFF00), ("@zf", 1), ("zf", 1), ("@cf", 0), ("@if", 1), ("iopl", 3),
            ("efl", 0x3246), ("eflags", 0x3246), ("cpl", 3), ("@cs", 0x1B), ("$ip", 0x77F5_C0A8), (".", 0x77F5_C0A8),
            ("$csp", 0x12_FF00), ("@$ip", 0x77F5_C0A8), ("$retreg", 0x1122_3344),
        ])
    func registers(text: String, expected: UInt64) throws {
        #expect(try value(text) == expected)
    }

    @Test(
        "Without @, what can be a number is one before it is a register, as in WinDbg",
        arguments: [("ah", 0xA), ("bh", 0xB), ("cf", 0xCF), ("af", 0xAF), ("ch", 0xC), ("face", 0xFACE)])
    func numberBeforeRegister(text: String, expected: UInt64) throws {
        #expect(try value(text) == expected)
    }

    @Test("In radix 10 the same letters are no number, so a symbol or a register")
    func decimalRadix() throws {
        #expect(try value("face", radix: 10) == 0x8040_0000)
        #expect(try value("af", radix: 10) == 0)
    }

    @Test(
        "Symbols: qualified, bare, and forced by an exclamation mark",
        arguments: [
            ("nt!KiSystemService", 0x8046_4770), ("nt!KiSystemService+0n16", 0x8046_4780),
            ("KiSystemService-1", 0x8046_476F), ("!face", 0x8040_0000), ("nt!face", 0x8040_0000),
            ("nt!face!=80400000", 0),
        ])
    func symbols(text: String, expected: UInt64) throws {
        #expect(try value(text) == expected)
    }

    @Test("A symbol wins over a less common register, never over a common one")
    func symbolBeforeRegister() throws {
        var machine = FakeMachine()
        machine.symbols["si"] = 0x1000
        machine.symbols["esi"] = 0x2000
        #expect(try value("si", on: machine) == 0x1000)
        #expect(try value("@si", on: machine) == 4)
        #expect(try value("esi", on: machine) == 4)
        #expect(try value("!esi", on: machine) == 0x2000)
    }

    @Test("An unknown symbol is named, with its place and what may have been meant")
    func unknownSymbol() throws {
        let error = try #require(failure(of: "4 + KiSystemServise"))
        #expect(error.offset == 4)
        #expect(error.message == "‘KiSystemServise’ is no symbol, no register and no number")
        #expect(error.note == "did you mean nt!KiSystemService?")
        #expect(failure(of: "nt!Nothing")?.message == "there is no symbol ‘nt!Nothing’")
    }

    @Test("An unknown register is named, with those that look like it")
    func unknownRegister() throws {
        let error = try #require(failure(of: "@epb"))
        #expect(error.message == "there is no register ‘epb’")
        #expect(error.note == "did you mean @ebp?")
        #expect(try #require(failure(of: "@eix")?.note).contains("@eip"))
        #expect(try #require(failure(of: "ezx")?.note).contains("eax"))
    }

    @Test("A register that the machine does not have is an error, not zero")
    func missingRegister() {
        #expect(failure(of: "@cr0")?.message == "there is no register ‘cr0’")
        #expect(failure(of: "$ra")?.message == "there is no register ‘$ra’")
    }

    @Test("In radix 10, hexadecimal letters get the hint to write 0x")
    func hexadecimalHint() {
        #expect(failure(of: "beef", radix: 10)?.note == "for a hexadecimal number write 0xbeef")
    }
}
