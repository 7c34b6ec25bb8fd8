import Debugger
import Testing
import X86

@Suite("Structures as dt shows them")
struct StructureDumpTests {
    /// Memory from 1000h on that counts upwards, with a null pointer at its end.
    private struct Memory: EvaluationContext {
        let bytes = Array(UInt8(0)..<0x40) + [0, 0, 0, 0]

        func register(_ name: String) -> UInt64? { nil }
        func symbol(_ name: String) -> UInt64? { nil }
        func msr(_ index: UInt32) -> UInt64? { nil }
        func suggestions(for name: String) -> [String] { [] }

        func memory(at address: UInt64, size: Int) -> UInt64? {
            guard address >= 0x1000, address + UInt64(size) <= 0x1000 + UInt64(bytes.count) else { return nil }
            let start = Int(address - 0x1000)
            return bytes[start..<start + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private static func table() throws -> TypeTable {
        let source = """
            struc _LIST_ENTRY
            .Flink:     resd 1      ; Ptr32 _LIST_ENTRY
            .Blink:     resd 1      ; Ptr32 _LIST_ENTRY
            endstruc
            struc KTHREAD
            .Size:      resb 1      ; UChar
            .State:     resb 1      ; Char
            .Flags:     resw 1
            .Links:     resb _LIST_ENTRY_size ; _LIST_ENTRY
            .Ticks:     resd 1      ; Int4B
                        resb 0x30 - ($ - KTHREAD)
            .Alert:                 ; Pos 0, 1 Bit
            .Mode:      resd 1      ; Pos 1, 5 Bits
            .Names:     resd 2      ; [2] Uint4B
            .Previous:  resd 2      ; [2] _LIST_ENTRY
            .Beyond:    resd 1      ; Uint4B
            endstruc
            """
        return TypeTable(try Assembler(file: "t.asm", source: source).assemble())
    }

    private func dump(_ name: String, at address: UInt64? = nil, fields: String? = nil, depth: Int = 0) throws
        -> [String]
    {
        let table = try Self.table()
        let type = try #require(table.type(named: name))
        let dump = StructureDump(types: table, depth: depth)
        guard let address else { return dump.lines(of: type, fields: fields) }
        return dump.lines(of: type, at: address, in: Memory(), fields: fields)
    }

    @Test("The layout: offset, name, type")
    func layout() throws {
        #expect(
            try dump("_KTHREAD") == [
                "   +0x000 Size             : UChar",
                "   +0x001 State            : Char",
                "   +0x002 Flags            : Uint2B",
                "   +0x004 Links            : _LIST_ENTRY",
                "   +0x00c Ticks            : Int4B",
                "   +0x030 Alert            : Pos 0, 1 Bit",
                "   +0x030 Mode             : Pos 1, 5 Bits",
                "   +0x034 Names            : [2] Uint4B",
                "   +0x03c Previous         : [2] _LIST_ENTRY",
                "   +0x044 Beyond           : Uint4B",
            ])
    }

    @Test("The values at an address; what cannot be read is ????")
    func values() throws {
        #expect(
            try dump("nt!_KTHREAD", at: 0x1000) == [
                "   +0x000 Size             : 0x0 ''",
                "   +0x001 State            : 1 ''",
                "   +0x002 Flags            : 0x302",
                "   +0x004 Links            : _LIST_ENTRY",
                "   +0x00c Ticks            : 252579084",
                "   +0x030 Alert            : 0y0",
                "   +0x030 Mode             : 0y11000",
                "   +0x034 Names            : [2] 0x37363534",
                "   +0x03c Previous         : [2] _LIST_ENTRY",
                "   +0x044 Beyond           : ????",
            ])
    }

    @Test("A null pointer says so, another one names its target")
    func pointers() throws {
        #expect(
            try dump("list_entry", at: 0x103C) == [
                "   +0x000 Flink            : 0x3f3e3d3c _LIST_ENTRY",
                "   +0x004 Blink            : (null)",
            ])
    }

    @Test("Structures inside structures are opened to a depth, further in by three columns")
    func nested() throws {
        #expect(
            try dump("KTHREAD", fields: "L*", depth: 1) == [
                "   +0x004 Links            : _LIST_ENTRY",
                "      +0x000 Flink            : Ptr32 _LIST_ENTRY",
                "      +0x004 Blink            : Ptr32 _LIST_ENTRY",
            ])
        #expect(
            try dump("KTHREAD", at: 0x1000, fields: "links", depth: 1)[1]
                == "      +0x000 Flink            : 0x07060504 _LIST_ENTRY")
    }

    @Test(
        "Names match in any case, with module and underscore or without",
        arguments: ["KTHREAD", "_KTHREAD", "nt!_KTHREAD", "_kthread"])
    func names(name: String) throws {
        #expect(try Self.table().type(named: name)?.name == "_KTHREAD")
    }

    @Test(
        "Wildcards find types",
        arguments: [("_K*", ["_KTHREAD"]), ("nt!*", ["_LIST_ENTRY", "_KTHREAD"]), ("x*", [])] as [(String, [String])])
    func wildcards(pattern: String, names: [String]) throws {
        #expect(try Self.table().types(matching: pattern).map(\.name) == names)
    }

    @Test("A structure that contains itself is not opened for ever")
    func recursion() throws {
        let source = "struc A\n.Self: resd 1 ; _A\nendstruc"
        let table = TypeTable(try Assembler(file: "t.asm", source: source).assemble())
        let type = try #require(table.type(named: "A"))
        #expect(StructureDump(types: table, depth: .max).lines(of: type).count == 9)
    }
}
