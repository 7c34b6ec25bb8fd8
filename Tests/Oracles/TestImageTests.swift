import Testing
import X86

/// The images against the manuals' own tables, where no other emulator is at hand.
@Suite("Test images on our processor")
struct TestImageTests {
    private static let mostSteps = 40_000

    /// What the images' exception handler noted.
    private struct Record: Hashable {
        let vector: UInt32
        let errorCode: UInt32
    }

    @Test("An image ends as it says", arguments: TestImage.names)
    func ends(name: String) throws {
        let test = try TestImage(named: name, hidesResumeFlag: false)
        var cpu = try boot(test)
        let (outcome, _) = cpu.run(budget: Self.mostSteps)
        #expect(outcome == (test.endsInShutdown ? .shutdown : .halted))
        #expect(test.endsInShutdown || cpu.eip == test["finished"].map { $0 + 1 })
    }

    @Test("Together they raise every exception, with every form of error code")
    func everyException() throws {
        let seen = try TestImage.names.reduce(into: Set<Record>()) { $0.formUnion(try records(of: $1)) }
        for vector in Exception.Vector.allCases {
            #expect(seen.contains { $0.vector == vector.rawValue }, "\(vector.mnemonic)")
        }
        let pageFaults = Set(seen.filter { $0.vector == 14 }.map(\.errorCode))
        #expect(pageFaults.isSuperset(of: [0, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15]))
        let expected = [
            Record(vector: 13, errorCode: 0x10A),  // INT 21h, a gate of DPL 0
            Record(vector: 11, errorCode: 0x112),  // INT 22h, an absent gate
            Record(vector: 13, errorCode: 0x3FA),  // INT 7Fh, past the IDT's limit
            Record(vector: 11, errorCode: 0x33),  // the absent gate of an exception: EXT
            Record(vector: 13, errorCode: 0), Record(vector: 13, errorCode: 8), Record(vector: 8, errorCode: 0),
            Record(vector: 12, errorCode: 0), Record(vector: 12, errorCode: 0xC8), Record(vector: 11, errorCode: 0x70),
            Record(vector: 17, errorCode: 0),
        ]
        #expect(expected.filter { !seen.contains($0) } == [])
    }

    private func records(of name: String) throws -> [Record] {
        let test = try TestImage(named: name, hidesResumeFlag: false)
        var cpu = try boot(test)
        _ = cpu.run(budget: Self.mostSteps)
        let end = word(cpu, try #require(test["record_pointer"]))
        let size = try #require(test["RECORD_BYTES"])
        return stride(from: test.records.lowerBound, to: min(end, test.records.upperBound), by: Int(size)).map {
            Record(vector: word(cpu, $0), errorCode: word(cpu, $0 + 4))
        }
    }

    private func boot(_ test: TestImage) throws -> CPU { test.boot(on: try #require(CPUModel.named("athlon"))) }

    private func word(_ cpu: borrowing CPU, _ address: UInt32) -> UInt32 {
        cpu.bytes(at: address, count: 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
