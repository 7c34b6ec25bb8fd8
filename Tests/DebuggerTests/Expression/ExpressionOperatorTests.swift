import Debugger
import Testing

@Suite("Operators in expressions")
struct ExpressionOperatorTests {
    @Test(
        "Precedence and associativity follow WinDbg's table",
        arguments: [
            ("2+3*4", 14), ("(2+3)*4", 20), ("[2+3]*4", 20), ("0n10-3-2", 5), ("0n100/5/2", 10), ("7%4", 3),
            ("7 mod 4", 3), ("1<<2+1", 8), ("1<<4>>1", 8), ("1 << 4 == 10", 1), ("3&1==1", 1), ("2&1==1", 0),
            ("6 and 3", 2), ("6^3", 5), ("6 XOR 3", 5), ("4|2^2", 4), ("4 or 1", 5), ("1|2&4", 1), ("1=1", 1),
            ("1==2", 0), ("1!=2", 1), ("1<2", 1), ("2>1", 1), ("2<=2", 1), ("1>=2", 0), ("10h-1", 15),
        ])
    func binary(text: String, expected: UInt64) throws {
        #expect(try value(text) == expected)
    }

    @Test(
        "Unary operators bind tighter than binary ones and may be stacked",
        arguments: [
            ("-1", UInt64.max), ("--1", 1), ("+5", 5), ("-1+1", 0), ("not 0", 1), ("not 5", 0), ("not 0+1", 2),
            ("~0", UInt64.max), ("~~5", 5), ("low 12345678", 0x5678), ("hi(12345678)", 0x1234),
            ("hi 112345678", 0x1234),
            ("low 0-1", UInt64.max),
        ])
    func unary(text: String, expected: UInt64) throws {
        #expect(try value(text) == expected)
    }

    @Test(
        "Arithmetic wraps at 64 bits, shifts beyond them give 0, and >>> keeps the sign",
        arguments: [
            ("0-1", UInt64.max), ("ffffffffffffffff+2", 1), ("ffffffff+1", 0x1_0000_0000), ("1<<40", 0), ("1<<0n64", 0),
            ("1<<-1", 0), ("-1>>0n63", 1), ("-10>>>4", UInt64.max), ("-1>>>ffff", UInt64.max),
        ])
    func wrapping(text: String, expected: UInt64) throws {
        #expect(try value(text) == expected)
    }

    @Test("Comparisons are unsigned, and numbers are not sign-extended behind the user's back")
    func unsigned() throws {
        var machine = FakeMachine()
        machine.registers["eax"] = 0x8000_0000
        #expect(try value("eax == 80000000", on: machine) == 1)
        #expect(try value("-1 > 1", on: machine) == 1)
    }

    @Test(
        "Memory operators read little-endian values of their size",
        arguments: [
            ("by(1000)", 0x78), ("wo(1000)", 0x5678), ("dwo(1000)", 0x1234_5678), ("qwo(1000)", 0x9ABC_DEF0_1234_5678),
            ("poi(1000)", 0x1234_5678), ("poi 1000+1", 0x1234_5679), ("poi(1000+4)", 0x9ABC_DEF0), ("by wo 2000", 0x78),
        ])
    func memory(text: String, expected: UInt64) throws {
        var machine = FakeMachine()
        machine.store([0x78, 0x56, 0x34, 0x12, 0xF0, 0xDE, 0xBC, 0x9A], at: 0x1000)
        machine.store([0x00, 0x10], at: 0x2000)
        #expect(try value(text, on: machine) == expected)
    }

    @Test("A negative offset below address 0 wraps to the top of the 32-bit address space")
    func wrappedAddress() throws {
        var machine = FakeMachine()
        machine.store([1, 2, 3, 4], at: 0xFFFF_FFFC)
        #expect(try value("poi(-4)", on: machine) == 0x0403_0201)
        #expect(failure(of: "poi(100000000)")?.message == "address 00000001`00000000 is beyond 32 bits")
    }

    @Test("Unreadable memory is an error that names the address and the operator's place")
    func unreadable() throws {
        let error = try #require(failure(of: "1 + poi(@esp+4)"))
        #expect(error.offset == 4)
        #expect(error.message == "memory at 0012ff04 cannot be read")
    }

    @Test("Model-specific registers, by hexadecimal number")
    func modelSpecific() throws {
        #expect(try value("msr(176)") == 0x8046_4800)
        #expect(try value("msr(0n372)") == 8)
        #expect(failure(of: "msr(175)")?.message == "this processor has no MSR 00000175")
        #expect(failure(of: "msr(100000174)")?.message == "this processor has no MSR 00000001`00000174")
    }

    @Test("Division by zero is an error at the operator", arguments: [("1/0", 1), ("1 % (2-2)", 2), ("5 mod 0", 2)])
    func divisionByZero(text: String, offset: Int) {
        #expect(failure(of: text) == ExpressionError(offset: offset, message: "division by zero"))
    }
}
