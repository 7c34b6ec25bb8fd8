import Testing
import X86

@Suite("Multiboot images that carry their own load addresses")
struct MultibootAddressTests {
    /// A flat file: 8 bytes, the header, 4 bytes of code.
    private func flat(
        header: UInt32 = 0x10_0008, load: UInt32 = 0x10_0000, loadEnd: UInt32 = 0, bssEnd: UInt32 = 0,
        entry: UInt32 = 0x10_0028
    ) -> [UInt8] {
        let fields = [0x1BAD_B002, 0x1_0000, 0 &- 0x1BAE_B002, header, load, loadEnd, bssEnd, entry]
        return [UInt8](repeating: 0xCC, count: 8) + fields.flatMap(ImageBuilder.bytes) + [0x90, 0x90, 0xFA, 0xF4]
    }

    @Test("Without end addresses the whole file is loaded")
    func wholeFile() throws {
        let image = try MultibootImage(bytes: flat())
        let segment = try #require(image.segments.first)
        #expect(image.entry == 0x10_0028)
        #expect(segment.physicalAddress == 0x10_0000)
        #expect(Array(segment.bytes) == flat())
        #expect(segment.memorySize == 44)
    }

    @Test("Loading may begin at the header, end early, and leave zeros behind")
    func partOfFile() throws {
        let bytes = flat(load: 0x10_0008, loadEnd: 0x10_002A, bssEnd: 0x10_1000)
        let segment = try #require(try MultibootImage(bytes: bytes).segments.first)
        #expect(Array(segment.bytes) == Array(bytes[8..<42]))
        #expect(segment.memorySize == 0xFF8)
    }

    @Test("The header's addresses win over an ELF file's")
    func headerWins() throws {
        var builder = ImageBuilder()
        builder.multibootHeader = [
            0x1BAD_B002, 0x1_0000, 0 &- 0x1BAE_B002, 0x20_0000, 0x20_0000, 0, 0, 0x20_0020,
        ]
        let image = try MultibootImage(bytes: builder.build())
        #expect(image.entry == 0x20_0020)
        #expect(image.segments.map(\.physicalAddress) == [0x20_0000])
    }

    @Test("Addresses that contradict each other or the file are refused")
    func contradictions() {
        let wrong = [
            flat(header: 0x10_0009), flat(load: 0x10_0009), flat(loadEnd: 0x0F_FFFF), flat(loadEnd: 0x10_002D),
            flat(bssEnd: 0x10_0010), flat(bssEnd: .max), flat(entry: 0x10_002C), flat(header: .max, load: .max),
            flat(header: .max, load: 0), Array(flat().prefix(36)),
        ]
        for bytes in wrong {
            #expect(throws: ImageError.self) { try MultibootImage(bytes: bytes) }
        }
    }
}
