import Testing
import X86

@Suite("Paging (SDM vol. 3, chapter 4)")
struct PagingTests {
    private static let data = TestMachine.Place.data
    private static let present: UInt32 = 1
    private static let user: UInt32 = 4
    private static let accessed: UInt32 = 0x20
    private static let dirty: UInt32 = 0x40

    @Test(
        "The error code says what the access was and why it failed",
        arguments: [
            ("mov eax, [DATA]", 3, 0, 4), ("mov eax, [DATA]", 3, 1, 5), ("mov [DATA], eax", 3, 0, 6),
            ("mov [DATA], eax", 3, 5, 7), ("mov [DATA], eax", 0, 1, 3), ("mov eax, [DATA]", 0, 0, 0),
            ("mov [DATA], eax", 0, 0, 2), ("inc dword [DATA]", 3, 5, 7),
        ] as [(String, Int, UInt32, UInt32)])
    func errorCodes(code: String, ring: Int, page: UInt32, expected: UInt32) throws {
        let machine = try TestMachine(code, ring: ring, paging: true)
        machine.setPage(Self.data, page)
        let before = machine.state
        let exception = try #require(machine.step().exception)
        #expect(exception.vector == .pageFault)
        #expect(exception.errorCode == expected)
        #expect(machine.control(2) == Self.data)
        #expect(machine.stack(2) == [expected, before.eip])
    }

    @Test(
        "Where an access reaches into a page that refuses it, CR2 is that page's first byte",
        arguments: ["mov eax, [DATA + 0xFFE]", "mov [DATA + 0xFFE], eax", "inc dword [DATA + 0xFFE]"])
    func refusedBySecondPage(code: String) throws {
        let machine = try TestMachine(code, ring: 3, paging: true)
        machine.setPage(Self.data, 7)
        machine.setPage(Self.data + 0x1000, 0)
        #expect(machine.step().exception?.vector == .pageFault)
        #expect(machine.control(2) == Self.data + 0x1000)
    }

    @Test("Both levels must allow the access")
    func directoryRights() throws {
        let setup = "mov dword [DIRECTORY + 4], TABLE | 3\nmov eax, cr3\nmov cr3, eax"
        let machine = try TestMachine("mov eax, [DATA + 0x400000]", ring: 3, paging: true, setup: setup)
        #expect(machine.step().exception?.errorCode == 5)
    }

    @Test("Without CR0.WP ring 0 writes to read-only pages")
    func writeProtect() throws {
        let off = "mov eax, cr0\nand eax, ~0x10000\nmov cr0, eax"
        let machine = try TestMachine("mov dword [DATA], 5", paging: true, setup: off)
        machine.setPage(Self.data, Self.present)
        #expect(machine.step() == .executed)
        #expect(machine.word(at: Self.data) == 5)
    }

    @Test("A read sets A, a write sets A and D, in the tables that were walked")
    func accessedAndDirty() throws {
        let machine = try TestMachine("mov eax, [DATA]\nmov [DATA], eax", paging: true)
        machine.setPage(Self.data, 7)
        machine.step()
        #expect(machine.page(Self.data) & 0xFFF == 7 | Self.accessed)
        machine.step()
        #expect(machine.page(Self.data) & 0xFFF == 7 | Self.accessed | Self.dirty)
        let entry = TestMachine.Place.table + (Self.data >> 12) * 4
        let mark = Effect.pageMark(entry: entry, old: Self.data | 0x27, new: Self.data | 0x67)
        #expect(machine.effects.contains(mark))
    }

    @Test("A faulting access leaves A and D alone")
    func faultMarksNothing() throws {
        let machine = try TestMachine("mov [DATA], eax", ring: 3, paging: true)
        machine.setPage(Self.data, Self.present | Self.user)
        machine.step()
        #expect(machine.page(Self.data) & 0xFFF == Self.present | Self.user)
    }

    @Test(
        "An old translation lives until INVLPG or a load of CR3",
        arguments: [
            "invlpg [DATA]", "mov ebx, cr3\nmov cr3, ebx",
        ])
    func staleTranslation(flush: String) throws {
        let machine = try TestMachine("mov eax, [DATA]\nmov eax, [DATA]\n\(flush)\nmov eax, [DATA]", paging: true)
        machine.store(0x1234, at: Self.data)
        machine.store(0x5678, at: 0x2_8000)
        machine.step()
        machine.store(0x2_8007, at: TestMachine.Place.table + (Self.data >> 12) * 4)
        machine.step()
        #expect(machine[.eax] == 0x1234)
        #expect(machine.effects.reads.count == 1)
        for _ in flush.split(separator: "\n") { #expect(machine.step() == .executed) }
        machine.step()
        #expect(machine[.eax] == 0x5678)
    }

    @Test("A load of CR2 keeps translations, a page fault drops the one that failed")
    func whatDropsTranslations() throws {
        let machine = try TestMachine(
            "mov eax, [DATA]\nmov cr2, eax\nmov eax, [DATA]\nmov [DATA], eax\nhlt", paging: true)
        machine.setPage(Self.data, Self.present)
        machine.load(try TestMachine.assemble("mov eax, [DATA]", at: 0), at: TestMachine.handler(14))
        machine.step()
        machine.setPage(Self.data, 0)
        machine.step()
        #expect(machine.step() == .executed, "still the old translation")
        #expect(machine.step().exception?.errorCode == 2)
        #expect(machine.step().exception?.errorCode == 0)
    }

    @Test("A 4 MiB page maps by the directory alone")
    func largePage() throws {
        let setup =
            "mov eax, cr4\nor eax, 0x10\nmov cr4, eax\nmov dword [DIRECTORY + 4], 0x87\nmov eax, cr3\nmov cr3, eax"
        let machine = try TestMachine("mov eax, [DATA + 0x400000]", paging: true, setup: setup)
        machine.store(0xABCD, at: Self.data)
        machine.step()
        #expect(machine[.eax] == 0xABCD)
        #expect(machine.word(at: TestMachine.Place.directory + 4) == 0xA7)
    }

    /// Of each model the bits that a 4 MiB entry must leave zero: PSE-36 makes 13 to 16 an address, PAT gives 12 a use.
    @Test(
        "Bits of a 4 MiB entry that the model has no use for are a fault",
        arguments: [("pentium", 12...21), ("pentium2", 12...21), ("pentium3", 17...21), ("athlon", 17...21)])
    func largePageReserved(model: String, reserved: ClosedRange<UInt32>) throws {
        let setup = "mov eax, 0x10\nmov cr4, eax"
        for bit in UInt32(12)...21 {
            let machine = try TestMachine("mov eax, [DATA + 0x400000]", model: model, paging: true, setup: setup)
            machine.store(0x87 | 1 << bit, at: TestMachine.Place.directory + 4)
            let outcome = machine.step()
            #expect(outcome.exception?.errorCode == (reserved.contains(bit) ? 9 : nil), "bit \(bit)")
        }
    }

    @Test("With PSE-36 a 4 MiB page may lie above 4 GiB, where no RAM answers", arguments: ["pentium3", "athlon"])
    func largePageAbove4GiB(model: String) throws {
        let machine = try TestMachine(
            "mov eax, [DATA + 0x400000]\nmov dword [DATA + 0x400000], 5\nmov ebx, [DATA]", model: model, paging: true,
            setup: "mov eax, 0x10\nmov cr4, eax\nmov dword [DIRECTORY + 4], 0x8087")
        machine.store(0xABCD, at: Self.data)
        for _ in 0..<3 { #expect(machine.step() == .executed) }
        #expect(machine[.eax] == 0xFFFF_FFFF)
        #expect(machine[.ebx] == 0xABCD)
        #expect(machine.word(at: TestMachine.Place.directory + 4) == 0x80E7)
    }

    @Test("INVLPG drops the whole of a 4 MiB page")
    func invalidateLargePage() throws {
        let setup = "mov eax, cr4\nor eax, 0x10\nmov cr4, eax\nmov dword [DIRECTORY + 4], 0x87"
        let machine = try TestMachine(
            "mov eax, [DATA + 0x400000]\ninvlpg [DATA + 0x401000]\nmov eax, [DATA + 0x400000]", paging: true,
            setup: setup)
        machine.step()
        machine.store(0, at: TestMachine.Place.directory + 4)
        machine.step()
        #expect(machine.step().exception?.vector == .pageFault)
    }

    @Test("An access across pages reads and writes both, and faults before it writes any")
    func crossing() throws {
        let machine = try TestMachine(
            "mov [DATA + 0xFFE], eax\nmov ebx, [DATA + 0xFFE]\nmov [DATA + 0xFFE], ebx", paging: true)
        machine[.eax] = 0x1234_5678
        machine.step()
        machine.step()
        #expect(machine[.ebx] == 0x1234_5678)
        machine.setPage(Self.data + 0x1000, 0)
        machine.load(
            try TestMachine.assemble("invlpg [DATA + 0x1000]\nmov dword [DATA + 0xFFE], 0", at: 0), at: 0x1_1000)
        machine.eip = 0x1_1000
        machine.step()
        let exception = try #require(machine.step().exception)
        #expect(exception.address == Self.data + 0x1000)
        #expect(machine.bytes(at: Self.data + 0xFFE, count: 2) == [0x78, 0x56])
    }

    @Test("An instruction that reaches into an absent page faults there, on fetch")
    func fetchAcross() throws {
        let machine = try TestMachine("nop", ring: 3, paging: true)
        machine.load([0xB8, 1], at: 0x1_1FFE)  // MOV EAX, imm32
        machine.setPage(0x1_2000, 0)
        machine.eip = 0x1_1FFE
        let exception = try #require(machine.step().exception)
        #expect(exception.address == 0x1_2000)
        #expect(exception.errorCode == 4)
        #expect(machine.stack(2)[1] == 0x1_1FFE)
    }
}
