import Testing

@testable import ntlearn

@Suite("Registers and MSRs")
struct RegisterWordsTests {
    @Test("r has WinDbg's three lines and the next instruction")
    func layout() throws {
        let learner = try Learner.atProgramStart()
        learner.type("r eax=80000000; r cf=1; r df=1")
        #expect(
            learner.type("r") == """
                eax=80000000 ebx=00000000 ecx=00000000 edx=00000000 esi=00000000 edi=00000000
                eip=00400000 esp=0012fff0 ebp=00000000 iopl=0         nv dn ei pl nz na po cy
                cs=001b  ss=0023  ds=0023  es=0023  fs=003b  gs=0000             efl=00000603
                program!main:
                00400000 6a44            push    44h

                """)
    }

    @Test("A changed EIP is where the machine goes on")
    func instructionPointer() throws {
        let learner = try Learner.atProgramStart()
        learner.type("r eip=ntdll!NtClose")
        #expect(learner.type("t").contains("eax=00000019"))
    }

    @Test("A register that is none, or a value that does not fit, is refused in its place")
    func refused() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type("r al=100").contains("Column 3: 00000100 does not fit in the 8 bits of al"))
        #expect(learner.type("r eax=1+").contains("Column 9: a value is missing at the end"))
        #expect(learner.type("r foo").contains("there is no register ‘foo’"))
        #expect(learner.type("r cr3=0").contains("cr3 cannot be changed here"))
    }

    @Test("rdmsr names what it points at, wrmsr changes where SYSENTER leads")
    func modelSpecific() throws {
        let learner = try Learner.atProgramStart()
        #expect(learner.type("rdmsr 176").contains("   nt!KiFastCallEntry"))
        #expect(learner.lines("wrmsr 175 1`00000044") == ["msr[175] = 00000000`00000044"])
        learner.type("wrmsr 176 nt!KeBugCheckEx")
        learner.type("g 7ffe0302")
        #expect(learner.type("t").contains("nt!KeBugCheckEx"))
    }

    @Test("A register that this model lacks is refused with those that it has")
    func missing() throws {
        let learner = try Learner.atProgramStart()
        let text = learner.type("rdmsr c0000081")
        #expect(text.contains("Column 7: the pentium3 has no MSR c0000081"))
        #expect(text.contains("it has 10, 174, 175, 176, in hexadecimal"))
        #expect(learner.type("wrmsr 1b 0").contains("has no MSR 1b"))
        #expect(learner.type("wrmsr 176").contains("Usage: wrmsr INDEX VALUE"))
    }
}
