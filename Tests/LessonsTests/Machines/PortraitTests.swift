import Debugger
import Lessons
import Testing
import X86

/// A machine after its boot.
struct PortraitTests {
    private func portrait(_ machine: String, cpu: String? = nil, _ calls: String...) throws -> MachinePortrait {
        let calls = try calls.map { try ServiceCall($0) }
        return try builtInMachines.portrait(of: MachineRequest(machine: machine, cpu: cpu, calls: calls))
    }

    @Test(
        "The way in and out is what was executed",
        arguments: [
            ("win2k", "pentium2", "int", "iretd"), ("xp", "pentium", "int", "iretd"),
            ("xp", "pentium-pro", "int", "iretd"), ("xp", "pentium3", "sysenter", "sysexit"),
            ("xp", "k6-2", "syscall", "sysret"),
        ])
    func doors(machine: String, cpu: String, door: String, exit: String) throws {
        let call = try #require(try portrait(machine, cpu: cpu, "NtClose(0x44)").call)
        #expect(call.wayIn.first?.location?.description == "ntdll!NtClose")
        #expect(call.wayIn.last?.code.mnemonic == door)
        #expect(call.entry.before.cpl == 0)
        #expect(call.exit?.code.mnemonic == exit)
        #expect(call.wayBack.last?.code.text == "ret 0x4")
    }

    @Test("The first call of the machine's own program is shown without --call")
    func ownProgram() throws {
        let call = try #require(try portrait("xp").call)
        #expect(call.wayIn.first?.location?.description == "ntdll!NtDisplayString")
        #expect(call.exit?.code.mnemonic == "sysexit")
    }

    @Test("CPUID decided: what it said, and the jumps that followed")
    func reasons() throws {
        let boot = try portrait("xp", cpu: "pentium-pro").boot
        #expect(boot.end == .ring3)
        #expect(boot.identifications.map(\.leaf) == [0, 1, 0x8000_0000])
        let leaf = boot.identifications[1]
        #expect(leaf.eax == 0x619)
        #expect(leaf.edx & 0x800 != 0)
        #expect(boot.decisions.last?.isTaken == true)
        #expect(boot.msrWrites.isEmpty)
        #expect(try portrait("win2k").boot.identifications.isEmpty)
    }

    @Test("The MSRs are the processor's after the boot, and absent where it has none")
    func msrs() throws {
        let intel = try portrait("xp", cpu: "pentium3")
        let entry = try #require(intel.machine.symbols.symbol(named: "nt!KiFastCallEntry"))
        #expect(intel.msrs.map(\.index) == [0x174, 0x175, 0x176, 0xC000_0080, 0xC000_0081])
        #expect(intel.msrs[0].value == 8)
        #expect(intel.msrs[2].value == entry.address)
        #expect(intel.msrs[4].value == nil)
        let amd = try portrait("xp", cpu: "k6-2").msrs
        #expect(amd[0].value == nil)
        #expect(amd[3].value == 1)
        #expect((amd[4].value ?? 0) >> 32 == 0x001B_0008)
    }

    @Test(
        "Services have their numbers, names and argument bytes", arguments: [("win2k", 248, 0x18), ("xp", 284, 0x19)])
    func services(machine: String, limit: UInt32, close: UInt32) throws {
        let table = try #require(try portrait(machine).serviceTables.first)
        #expect(table.limit == limit)
        #expect(table.services.count == Int(limit))
        let service = try #require(table.named.first { $0.routine == "nt!NtClose" })
        #expect(service.number == close)
        #expect(service.argumentBytes == 4)
    }

    @Test("Memory has the rights of the page tables")
    func memory() throws {
        let regions = try portrait("xp").machine.memoryRegions()
        func region(_ address: UInt32) -> MemoryRegion? { regions.first { $0.start <= address && address <= $0.end } }
        #expect(region(0x0040_0000)?.isUser == true)
        #expect(region(0x0040_0000)?.isWritable == true)
        #expect(region(0x7FFE_0300)?.isUser == true)
        #expect(region(0x7FFE_0300)?.isWritable == false)
        #expect(region(0xFFDF_0300)?.isUser == false)
        #expect(region(0xFFDF_0300)?.isWritable == true)
        #expect(region(0x7FFE_0300)?.physical == region(0xFFDF_0300)?.physical)
        #expect(region(0x0000_0000) == nil)
    }

    @Test("Descriptors and gates are the tables' own")
    func tables() throws {
        let machine = try portrait("xp").machine
        let segments = machine.segmentDescriptors()
        let code = try #require(segments.first { $0.selector == 0x18 }?.descriptor)
        #expect(code.kind == "code")
        #expect(code.dpl == 3)
        #expect(code.limit == .max)
        #expect(segments.first { $0.selector == 0x28 }?.descriptor.kind == "busy TSS")
        let gate = try #require(machine.interruptGates().first { $0.vector == 0x2E }?.gate)
        #expect(gate.kind == "interrupt gate")
        #expect(gate.dpl == 3)
        #expect(UInt64(gate.gateOffset) == machine.symbols.symbol(named: "nt!KiSystemService")?.address)
    }
}
