import Debugger
import Testing
import X86

@Suite("Memory is searched")
struct MemorySearchTests {
    private func machine(_ bytes: [UInt32: [UInt8]]) throws -> Machine {
        let machine = try tinyMachine("hlt")
        for (address, bytes) in bytes { _ = machine.cpu.patch(bytes, at: address) }
        return machine
    }

    @Test("Every place is found, across the edges of pages and of what is read at once, and overlapping")
    func everywhere() throws {
        let machine = try machine([0x20_0000: [7, 7, 7], 0x20_FFFF: [7, 7], 0x24_0FFE: [7, 7, 7, 7]])
        let found = MemorySearch([7, 7]).matches(in: machine, from: 0x20_0000, length: 0x10_0000, limit: 100)
        #expect(found == [0x20_0000, 0x20_0001, 0x20_FFFF, 0x24_0FFE, 0x24_0FFF, 0x24_1000])
    }

    @Test("A match must lie in the range with its last byte, and on a whole item from its beginning")
    func range() throws {
        let machine = try machine([0x20_0002: [1, 2, 3, 4], 0x20_0008: [1, 2, 3, 4], 0x21_0002: [1, 2, 3, 4]])
        let search = MemorySearch([1, 2, 3, 4], stride: 4)
        #expect(search.matches(in: machine, from: 0x20_0000, length: 12, limit: 9) == [0x20_0008])
        #expect(search.matches(in: machine, from: 0x20_0000, length: 11, limit: 9).isEmpty)
        #expect(search.matches(in: machine, from: 0x20_0002, length: 0x2_0000, limit: 9) == [0x20_0002, 0x21_0002])
    }

    @Test("The limit, an interruption and the end of the address space end the search")
    func ends() throws {
        let machine = try machine([0x20_0000: [9, 9, 9, 9]])
        let search = MemorySearch([9])
        #expect(search.matches(in: machine, from: 0x20_0000, length: 16, limit: 2).count == 2)
        #expect(search.matches(in: machine, from: 0x20_0000, length: 16, limit: 2, isInterrupted: { true }).isEmpty)
        #expect(MemorySearch([1, 2]).matches(in: machine, from: 0xFFFF_FFFF, length: 1 << 40, limit: 9).isEmpty)
        #expect(MemorySearch([]).matches(in: machine, from: 0, length: 100, limit: 9).isEmpty)
    }
}
