import Testing
import X86

@Suite("Damaged Multiboot images")
struct MultibootFuzzTests {
    /// SplitMix64, seeded, so that a failure can be repeated.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            let mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            let again = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return again ^ (again >> 31)
        }
    }

    private static let samples: [[UInt8]] = {
        var elf = ImageBuilder()
        elf.headers += [.init(physicalAddress: 0x20_0000, contents: [1, 2, 3, 4], memorySize: 0x1000)]
        var kludge = elf
        kludge.multibootHeader = [
            0x1BAD_B002, 0x1_0003, 0 &- 0x1BAE_B005, 0x10_0000, 0x10_0000, 0x10_0020, 0x10_1000, 0x10_0000,
        ]
        return [elf.build(), kludge.build()]
    }()

    @Test("The samples themselves are sound", arguments: samples)
    func sound(sample: [UInt8]) throws {
        #expect(try !MultibootImage(bytes: sample).segments.isEmpty)
    }

    @Test("Every truncation is either refused or still within its bounds", arguments: samples)
    func truncation(sample: [UInt8]) {
        for count in 0..<sample.count { check(Array(sample.prefix(count))) }
    }

    @Test("Mutations are either refused or still within their bounds", arguments: samples)
    func mutation(sample: [UInt8]) {
        var random = Generator(state: 2004)
        let hostile: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF]
        for _ in 0..<20_000 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                let run = min(Int.random(in: 1...4, using: &random), bytes.count - index)
                let value = Bool.random(using: &random) ? hostile.randomElement(using: &random) : nil
                for offset in 0..<run { bytes[index + offset] = value ?? .random(in: 0...255, using: &random) }
            }
            check(bytes)
        }
    }

    /// What the loader relies on.
    private func check(_ bytes: [UInt8]) {
        guard let image = try? MultibootImage(bytes: bytes) else { return }
        #expect(!image.segments.isEmpty)
        for segment in image.segments {
            #expect(segment.bytes.count <= segment.memorySize)
            #expect(Int(segment.physicalAddress) + segment.memorySize <= MultibootImage.defaultMemorySize)
        }
    }
}
