import Foundation
import Testing
import X86

/// The structures that the assembly lays out, against facts C.
struct GuestStructureTests {
    private func structures(_ image: String) throws -> [String: Assembly.Structure] {
        let folder = "\(contentFolder)/machines"
        let source = try String(contentsOfFile: "\(folder)/\(image).asm", encoding: .utf8)
        let assembler = Assembler(file: image, source: source) { name in
            try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        }
        let structures = try assembler.assemble().structures
        return Dictionary(uniqueKeysWithValues: structures.map { ($0.name, $0) })
    }

    private func offsets(_ structure: Assembly.Structure?, _ names: [String]) -> [Int?] {
        names.map { name in structure?.fields.first { $0.name == name }?.offset }
    }

    @Test("KTRAP_FRAME is the same in every release", arguments: ["win2k", "xp", "xpsp2", "seed"])
    func trapFrame(image: String) throws {
        let frame = try #require(try structures(image)["_KTRAP_FRAME"])
        let expected = [
            ("DbgEbp", 0x00), ("DbgEip", 0x04), ("DbgArgMark", 0x08), ("DbgArgPointer", 0x0C), ("TempSegCs", 0x10),
            ("TempEsp", 0x14), ("Dr0", 0x18), ("Dr1", 0x1C), ("Dr2", 0x20), ("Dr3", 0x24), ("Dr6", 0x28), ("Dr7", 0x2C),
            ("SegGs", 0x30), ("SegEs", 0x34),
            ("SegDs", 0x38), ("Edx", 0x3C), ("Ecx", 0x40), ("Eax", 0x44), ("PreviousPreviousMode", 0x48),
            ("ExceptionList", 0x4C), ("SegFs", 0x50), ("Edi", 0x54), ("Esi", 0x58), ("Ebx", 0x5C), ("Ebp", 0x60),
            ("ErrCode", 0x64), ("Eip", 0x68), ("SegCs", 0x6C), ("EFlags", 0x70), ("HardwareEsp", 0x74),
            ("HardwareSegSs", 0x78), ("V86Es", 0x7C), ("V86Ds", 0x80), ("V86Fs", 0x84), ("V86Gs", 0x88),
        ]
        #expect(offsets(frame, expected.map(\.0)) == expected.map(\.1))
        #expect(frame.fields.count == expected.count)
        #expect(frame.size == 0x8C)
    }

    @Test(
        "KTHREAD moves in every release",
        arguments: [
            ("win2k", [0x18, 0x2C, 0xDC, 0x128, 0x134]), ("xp", [0x18, 0x2C, 0xE0, 0x134, 0x140]),
            ("xpsp2", [0x18, 0x2C, 0xE0, 0x134, 0x140]), ("seed", [0x18, 0x2C, 0xE0, 0x134, 0x140]),
        ])
    func thread(image: String, expected: [Int]) throws {
        let names = ["InitialStack", "DebugActive", "ServiceTable", "TrapFrame", "PreviousMode"]
        #expect(offsets(try structures(image)["_KTHREAD"], names) == expected)
    }

    @Test("KPCR, KPRCB, KTSS, TEB and the service descriptor", arguments: ["win2k", "xp", "xpsp2", "seed"])
    func processorBlocks(image: String) throws {
        let all = try structures(image)
        #expect(offsets(all["_NT_TIB"], ["ExceptionList", "Self"]) == [0, 0x18])
        #expect(
            offsets(all["_KPCR"], ["NtTib", "SelfPcr", "Prcb", "Irql", "IDT", "GDT", "TSS", "PrcbData"])
                == [0, 0x1C, 0x20, 0x24, 0x38, 0x3C, 0x40, 0x120])
        #expect(offsets(all["_KPRCB"], ["CurrentThread"]) == [4])
        // Facts C give KeSystemCalls at KPCR+638h for XP only.
        #expect(offsets(all["_KPRCB"], ["KeSystemCalls"]) == [image == "win2k" ? nil : 0x638 - 0x120])
        #expect(offsets(all["_KTSS"], ["Esp0", "Ss0", "IoMapBase"]) == [4, 8, 0x66])
        #expect(offsets(all["_TEB"], ["GdiBatchCount"]) == [0xF70])
        #expect(offsets(all["_SERVICE_DESCRIPTOR"], ["Base", "Count", "Limit", "Number"]) == [0, 4, 8, 0xC])
        #expect(all["_SERVICE_DESCRIPTOR"]?.size == 0x10)
    }

    @Test("The shared page: 32 bytes of code before SP2, two pointers since, nothing in 2000")
    func sharedPage() throws {
        let names = ["InterruptTime", "SystemTime", "NtMajorVersion", "ProcessorFeatures", "TestRetInstruction"]
        let calls = ["SystemCall", "SystemCallReturn"]
        let win2k = try structures("win2k")["_KUSER_SHARED_DATA"]
        #expect(offsets(win2k, names) == [0x08, 0x14, 0x26C, 0x274, nil])
        #expect(offsets(win2k, calls) == [nil, nil])
        let xp = try structures("xp")["_KUSER_SHARED_DATA"]
        #expect(offsets(xp, calls) == [0x300, nil])
        #expect(xp?.fields.first { $0.name == "SystemCall" }?.size == 32)
        let xpsp2 = try structures("xpsp2")["_KUSER_SHARED_DATA"]
        #expect(offsets(xpsp2, names + calls) == [0x08, 0x14, 0x26C, 0x274, 0x2F8, 0x300, 0x304])
        #expect(xpsp2?.fields.first { $0.name == "SystemCall" }?.size == 4)
    }

    @Test("Every field says its type", arguments: ["win2k", "xp", "xpsp2", "seed"])
    func types(image: String) throws {
        for structure in try structures(image).values {
            for field in structure.fields {
                #expect(field.comment?.isEmpty == false, "\(structure.name).\(field.name)")
            }
        }
    }
}
