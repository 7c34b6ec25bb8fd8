import Debugger
import Testing

@Suite("Symbol tables")
struct SymbolTableTests {
    private let table = SymbolTable(
        [
            Symbol(name: "nt!KiSystemService", address: 0x8046_4770),
            Symbol(name: "nt!KiFastCallEntry", address: 0x8046_4800),
            Symbol(name: "nt!NtClose", address: 0x8046_5000),
            Symbol(name: "ntdll!NtClose", address: 0x77F5_C0A8, size: 15),
            Symbol(name: "ntdll!ZwClose", address: 0x77F5_C0A8, size: 15),
            Symbol(name: "ntdll!NtCreateFile", address: 0x77F5_C0B8),
            Symbol(name: "SharedUserData!SystemCall", address: 0x7FFE_0300),
            Symbol(name: "nt!KiLimit", address: 0x25),
        ],
        sections: [0x8046_4000..<0x8046_6000, 0x77F5_C000..<0x77F5_D000, 0x7FFE_0000..<0x7FFE_1000],
        moduleOrder: ["ntdll", "nt"])

    @Test("Names are found in full and bare, in any case")
    func lookup() {
        #expect(table.symbol(named: "nt!KiSystemService")?.address == 0x8046_4770)
        #expect(table.symbol(named: "KiFastCallEntry")?.name == "nt!KiFastCallEntry")
        #expect(table.symbol(named: "NT!kisystemservice")?.name == "nt!KiSystemService")
        #expect(table.symbol(named: "shareduserdata!SystemCall")?.address == 0x7FFE_0300)
        #expect(table.symbol(named: "KiNothing") == nil)
        #expect(table.symbol(named: "") == nil)
    }

    @Test("A bare name in several modules means the one that comes first in the module order")
    func moduleOrder() {
        #expect(table.symbol(named: "NtClose")?.name == "ntdll!NtClose")
        #expect(table.symbols(named: "ntclose").map(\.name) == ["ntdll!NtClose", "nt!NtClose"])
        #expect(table.modules == ["ntdll", "nt", "SharedUserData"])
    }

    @Test("An exact name wins over one that differs in case")
    func exactWins() {
        let table = SymbolTable([Symbol(name: "m!Start", address: 1), Symbol(name: "m!start", address: 2)])
        #expect(table.symbol(named: "m!start")?.address == 2)
        #expect(table.symbol(named: "start")?.address == 2)
        #expect(table.symbol(named: "START")?.address == 1)
    }

    @Test(
        "An address is told by the symbol that covers it",
        arguments: [
            (0x8046_4770, "nt!KiSystemService"), (0x8046_478C, "nt!KiSystemService+0x1c"),
            (0x8046_47FF, "nt!KiSystemService+0x8f"), (0x8046_5FFF, "nt!NtClose+0xfff"), (0x77F5_C0A8, "ntdll!NtClose"),
            (0x77F5_C0B6, "ntdll!NtClose+0xe"), (0x7FFE_0302, "SharedUserData!SystemCall+0x2"), (0x25, "nt!KiLimit"),
        ])
    func locations(address: UInt64, expected: String) {
        #expect(table.location(of: address)?.description == expected)
    }

    @Test(
        "No symbol reaches beyond its section, its size or, outside of sections, itself",
        arguments: [
            0, 0x24, 0x26, 0x77F5_C0A7, 0x77F5_C0B7, 0x77F5_D000, 0x8046_4000, 0x8046_6000, 0xFFFF_FFFF, UInt64.max,
        ])
    func uncovered(address: UInt64) {
        #expect(table.location(of: address) == nil)
    }

    @Test("Behind a symbol with a size, the one around it covers again")
    func nested() {
        let table = SymbolTable([
            Symbol(name: "m!outer", address: 0x100, size: 0x100), Symbol(name: "m!inner", address: 0x120, size: 0x10),
            Symbol(name: "m!inner2", address: 0x120, size: 0x20),
        ])
        #expect(table.location(of: 0x12F)?.description == "m!inner+0xf")
        #expect(table.location(of: 0x130)?.description == "m!inner2+0x10")
        #expect(table.location(of: 0x140)?.description == "m!outer+0x40")
        #expect(table.location(of: 0x200) == nil)
    }

    @Test("Symbols at the ends of the address space do not overflow")
    func extremes() {
        let table = SymbolTable(
            [Symbol(name: "a", address: 0, size: 0), Symbol(name: "z", address: .max - 1, size: .max)],
            sections: [0..<UInt64.max])
        #expect(table.location(of: 0)?.description == "a")
        #expect(table.location(of: 1) == nil)
        #expect(table.location(of: .max - 1)?.description == "z")
        #expect(table.symbol(after: .max) == nil)
    }

    @Test("Symbols come sorted by address, and the next one is known")
    func order() {
        #expect(table.symbols.map(\.address) == table.symbols.map(\.address).sorted())
        #expect(table.symbol(after: 0x77F5_C0A8)?.name == "ntdll!NtCreateFile")
        #expect(table.symbol(after: 0)?.name == "nt!KiLimit")
    }

    @Test("An empty table answers everything with nothing")
    func empty() {
        let table = SymbolTable([])
        #expect(table.location(of: 1) == nil)
        #expect(table.symbol(after: 0) == nil)
        #expect(table.completions(of: "").isEmpty)
        #expect(table.symbols(matching: "*").isEmpty)
        #expect(table.suggestions(for: "x").isEmpty)
    }
}
