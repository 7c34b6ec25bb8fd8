import Testing

@testable import X86

@Suite("The instruction reference")
struct InstructionReferenceTests {
    @Test("Every operation of the processor has a page with a form, a summary and a source")
    func everyOperation() {
        let operations = (UInt8.min...UInt8.max).compactMap(Operation.init)
        #expect(operations.count > 100)
        for operation in operations {
            let entry = operation.entry
            #expect(!entry.forms.isEmpty && !entry.summary.isEmpty && !entry.sources.isEmpty, "\(operation)")
            #expect(!entry.summary.hasSuffix("."), "\(operation): the summary is a clause")
            #expect(entry.detail.allSatisfy { $0.hasSuffix(".") }, "\(operation): details are sentences")
            #expect(entry.checks.allSatisfy { !$0.condition.hasSuffix(".") }, "\(operation): conditions are clauses")
        }
    }

    @Test("No flag is in two groups, and every flag is in one")
    func flagGroups() {
        for name in InstructionReference.mnemonics {
            for entry in InstructionReference.named(name)?.entries ?? [] {
                let flags = entry.flags
                let groups = [flags.computed, flags.set, flags.cleared, flags.undefined, flags.unchanged]
                #expect(groups.reduce(0, |) == Flags.names.reduce(Flags.ioPrivilege) { $0 | $1.mask })
                #expect(groups.map(\.nonzeroBitCount).reduce(0, +) == groups.reduce(0, |).nonzeroBitCount, "\(name)")
            }
        }
    }

    @Test(
        "An alias has the page of what it means",
        arguments: [
            ("je", "JZ"), ("sal", "SHL"), ("jnae", "JB"), ("loopz", "LOOPE"), ("xlatb", "XLAT"), ("icebp", "INT1"),
            ("retn", "RET"), ("wait", "FWAIT"), ("repz", "REPE"), ("cmovnle", "CMOVG"),
        ])
    func aliases(alias: String, other: String) throws {
        let page = try #require(InstructionReference.named(alias))
        #expect(page.name == alias.uppercased())
        #expect(page.otherNames.contains(other))
        #expect(!page.otherNames.contains(page.name))
        #expect(InstructionReference.named(other)?.entries.first?.summary == page.entries.first?.summary)
    }

    @Test(
        "Names are found in any case, and every listed name is found",
        arguments: ["SysEnter", "IRETD", "Pushad", "jcc"])
    func names(name: String) {
        #expect(InstructionReference.named(name)?.name == name.uppercased())
        #expect(InstructionReference.mnemonics.contains(name.lowercased()))
        #expect(InstructionReference.mnemonics.allSatisfy { InstructionReference.named($0) != nil })
        #expect(InstructionReference.mnemonics == Set(InstructionReference.mnemonics).sorted())
    }

    @Test("What this processor does not execute has no page, but is known", arguments: ["fld", "movaps", "vaddps"])
    func notExecuted(name: String) {
        #expect(InstructionReference.named(name) == nil)
        #expect(InstructionReference.isInstruction(name))
    }

    @Test("Other words are no instructions", arguments: ["", "sysentr", "mov eax", "é", "org", "eax"])
    func unknown(name: String) {
        #expect(InstructionReference.named(name) == nil)
        #expect(!InstructionReference.isInstruction(name))
    }

    @Test("MOV, PUSH, JMP and their like show their special forms as well")
    func specialForms() throws {
        let forms = try #require(InstructionReference.named("mov")).entries.flatMap(\.forms)
        #expect(forms.contains("MOV CRn, r32"))
        #expect(forms.contains("MOV Sreg, r/m16"))
        #expect(InstructionReference.named("retf")?.entries.first?.forms.first == "RETF")
        #expect(InstructionReference.named("jmp")?.entries.count == 2)
    }

    @Test("A condition's rule is what SETcc does, for every state of the flags", arguments: ConditionCode.allCases)
    func conditions(condition: ConditionCode) throws {
        let name = try #require(
            InstructionReference.mnemonics.first {
                $0.hasPrefix("set") && InstructionReference.named($0)?.condition == condition
            })
        let machine = try TestMachine("\(name) al")
        for bits in UInt32(0)..<32 {
            let flags = [Flags.carry, Flags.parity, Flags.zero, Flags.sign, Flags.overflow]
            let value = flags.enumerated().reduce(0) { bits >> UInt32($1.offset) & 1 != 0 ? $0 | $1.element : $0 }
            machine.eip = TestMachine.Place.code
            machine.eflags = value
            #expect(machine.step() == .executed)
            #expect((machine[.eax] & 1 == 1) == Self.holds(condition.rule, value), "\(name) with \(value)")
        }
    }

    /// Evaluates "ZF = 1 or SF <> OF" for a state of the flags.
    private static func holds(_ rule: String, _ flags: UInt32) -> Bool {
        let isAny = rule.contains(" or ")
        let terms = rule.replacing(" or ", with: ",").replacing(" and ", with: ",").split(separator: ",")
        let results = terms.map { term in
            let parts = term.split(separator: " ").map(String.init)
            return (value(parts[0], flags) == value(parts[2], flags)) == (parts[1] == "=")
        }
        return isAny ? results.contains(true) : !results.contains(false)
    }

    private static func value(_ name: String, _ flags: UInt32) -> UInt32? {
        if let number = UInt32(name) { return number }
        return Flags.names.first { $0.name == name.lowercased() }.map { flags & $0.mask == 0 ? 0 : 1 }
    }
}
