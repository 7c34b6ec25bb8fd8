import Testing
import X86

@Suite("Multiboot images")
struct MultibootImageTests {
    private typealias Header = ImageBuilder.ProgramHeader

    private func failure(_ bytes: [UInt8], memorySize: Int = MultibootImage.defaultMemorySize) -> ImageError? {
        do throws(ImageError) {
            _ = try MultibootImage(bytes: bytes, memorySize: memorySize)
            return nil
        } catch {
            return error
        }
    }

    @Test("An executable's PT_LOAD headers become segments, its other headers nothing")
    func segments() throws {
        var builder = ImageBuilder()
        builder.headers = [
            Header(type: 4, contents: [9, 9]), Header(contents: [0xFA, 0xF4], memorySize: 0x1000),
            Header(physicalAddress: 0x20_0000, memorySize: 0x40), Header(physicalAddress: 0x30_0000),
        ]
        let image = try MultibootImage(bytes: builder.build())
        #expect(image.entry == 0x10_0000)
        #expect(image.flags == 3)
        #expect(image.segments.map(\.physicalAddress) == [0x10_0000, 0x20_0000])
        #expect(image.segments.map { Array($0.bytes) } == [[0xFA, 0xF4], []])
        #expect(image.segments.map(\.memorySize) == [0x1000, 0x40])
    }

    @Test("A kernel linked high is entered at its physical address")
    func virtualEntry() throws {
        var builder = ImageBuilder()
        builder.headers = [Header(virtualAddress: 0x8010_0000, contents: [0x90, 0xF4])]
        builder.entry = 0x8010_0001
        let image = try MultibootImage(bytes: builder.build())
        #expect(image.entry == 0x10_0001)
        #expect(image.segments.first?.virtualAddress == 0x8010_0000)
        builder.entry = 0x10_0001
        #expect(try MultibootImage(bytes: builder.build()).entry == 0x10_0001)
    }

    @Test("A segment may end exactly where memory does, but not a byte later")
    func memoryEnd() throws {
        var builder = ImageBuilder()
        builder.headers += [Header(physicalAddress: 0xFF_FFFF, contents: [1])]
        #expect(try MultibootImage(bytes: builder.build()).segments.count == 2)
        #expect(try #require(failure(builder.build(), memorySize: 0xFF_FFFF)).message.contains("outside of memory"))
        builder.headers[1].memorySize = 2
        let error = try #require(failure(builder.build()))
        #expect(error.message == "a segment takes physical addresses 0xffffff to 0x1000000, outside of memory")
        #expect(error.note == "the machine has 16 MiB: link to physical addresses from 100000h")
        builder.headers[1].physicalAddress = .max
        #expect(try #require(failure(builder.build())).message.contains("outside of memory"))
    }

    @Test("Segments may touch but not overlap")
    func overlap() throws {
        var builder = ImageBuilder()
        builder.headers += [Header(physicalAddress: 0x10_0002, contents: [1])]
        #expect(failure(builder.build()) == nil)
        builder.headers[0].memorySize = 3
        #expect(
            failure(builder.build())?.message
                == "two segments overlap in physical memory: 0x100000 to 0x100002 and 0x100002 to 0x100002")
    }

    @Test("The entry point must lie in a segment")
    func entryOutside() {
        var builder = ImageBuilder()
        builder.entry = 0x10_0002
        #expect(failure(builder.build())?.message == "the entry point 0x100002 lies in no segment")
    }

    @Test(
        "What is no ELF file is told by how it starts",
        arguments: [
            ([], "the file is empty"), ([0x7F], "not an ELF file: starts with 7F"),
            ([0x4D, 0x5A, 0x90, 0x00, 1], "not an ELF file: starts with 4D 5A 90 00, a DOS or Windows program"),
            (Array("#!/bin/sh".utf8), "not an ELF file: starts with 23 21 2F 62, a script"),
        ] as [([UInt8], String)])
    func notELF(bytes: [UInt8], message: String) {
        #expect(failure(bytes)?.message == message)
    }

    @Test("ELF files for other purposes are refused, each for its reason")
    func wrongELF() {
        func message(_ change: (inout ImageBuilder) -> Void) -> String? {
            var builder = ImageBuilder()
            change(&builder)
            return failure(builder.build())?.message
        }
        #expect(message { $0.classAndOrder = [2, 1] } == "not a 32-bit ELF file")
        #expect(message { $0.classAndOrder = [1, 2] } == "not a little-endian ELF file")
        #expect(message { $0.type = 1 } == "the ELF file is an object file, not an executable")
        #expect(message { $0.machine = 40 } == "the ELF file is for machine 40, not for the i386 (3)")
        #expect(message { $0.headers = [] } == "the ELF file has no program headers: nothing to load")
        #expect(message { $0.headerSize = 16 } == "program headers of 16 bytes, where 32 are the least")
        #expect(message { $0.headers[0].type = 2 } == "the ELF file has no segment to load (PT_LOAD)")
        #expect(message { $0.headers[0].memorySize = 1 } == "program header 0 loads 2 bytes into 1 bytes of memory")
    }

    @Test("A truncated file tells what is missing, and where")
    func truncated() throws {
        var builder = ImageBuilder()
        builder.headers[0].contents = [UInt8](repeating: 0x90, count: 100)
        let whole = builder.build()
        let error = try #require(failure(Array(whole.dropLast())))
        #expect(error.offset == 96)
        #expect(
            error.message
                == "the file is truncated: the contents of program header 0 needs 100 bytes at offset 96, but the file has 195"
        )
        builder.headerTable = .max
        #expect(try #require(failure(builder.build())).message.hasPrefix("the file is truncated: program header 0"))
    }

    @Test("A header counts when aligned, summing to 0, and within the first 8192 bytes")
    func headerSearch() {
        func reason(_ change: (inout ImageBuilder) -> Void) -> String? {
            var builder = ImageBuilder()
            change(&builder)
            return failure(builder.build())?.message
        }
        let prefix = "the Multiboot header does not count: "
        #expect(reason { $0.gap = 8192 - 12 - 84 } == nil)
        #expect(reason { $0.gap = 8192 - 8 - 84 } == prefix + "it must lie within the first 8192 bytes")
        #expect(reason { $0.gap = 2 } == prefix + "its offset must be a multiple of 4")
        #expect(reason { $0.multibootHeader?[2] &+= 1 } == prefix + "its checksum is wrong")
        #expect(reason { $0.multibootHeader = nil } == "no Multiboot header")
        #expect(reason { $0.multibootHeader = [0x1BAD_B002] + [0, 0, 0] + [0x1BAD_B002, 0, 0xE452_4FFE] } == nil)
    }

    @Test("A header that requires what the specification does not define is refused")
    func unknownRequirement() throws {
        var builder = ImageBuilder()
        builder.multibootHeader = [0x1BAD_B002, 8, 0 &- (0x1BAD_B002 + 8)]
        #expect(
            try #require(failure(builder.build())).message
                == "the Multiboot header requires unknown features: its flags are 0x8")
    }
}
