import Foundation
import Testing

/// Random cases, the same ones every time. `NTLEARN_UNICORN_SEED` chooses others, `NTLEARN_UNICORN_CASES` how many of
/// each family.
@Suite(
    "Ring-3 integer code, compared with Unicorn",
    .enabled(if: UnicornProcess.isInstalled, "needs Unicorn 2.1 or later for python3: make oracles"), .serialized)
struct UnicornComparisonTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["NTLEARN_UNICORN_SEED"].flatMap { UInt64($0) } ?? 1
    private static let casesOfEach = environment["NTLEARN_UNICORN_CASES"].flatMap { Int($0) } ?? 2000

    @Test("Single instructions end in the same state", arguments: Family.all)
    func singleInstructions(family: Family) throws {
        try compare(family.name, count: Self.casesOfEach) { family.singleInstruction(seed: $0) }
    }

    @Test("Sequences of two to six instructions end in the same state")
    func sequences() throws {
        try compare("sequences", count: 2 * Self.casesOfEach) { Family.sequence(seed: $0) }
    }

    @Test("Sequences end in the same state when plain instructions execute in bursts")
    func bursts() throws {
        let runner = try UnicornRunner { try $0.inOneRun(fault: try $0.onOurProcessor().fault) }
        try compare("sequences in bursts", count: 2 * Self.casesOfEach, runner) { Family.sequence(seed: ~$0) }
    }

    @Test("The cases cover the integer instructions of a Pentium II that ring 3 may execute")
    func coverage() {
        let expected = """
            aaa aad aam aas adc add and arpl bound bsf bsr bswap bt btc btr bts call cbw cdq clc cld cmc cmp cmps cmpxchg
            cmpxchg8b cwd cwde daa das dec div enter idiv imul inc into jecxz jmp lahf lar lds lea leave les lfs lgs lods
            loop loope loopne lsl mov movs movsx movzx mul neg nop not or pop popa popf push pusha pushf rcl rcr ret rol
            ror sahf sal salc sar sbb scas shl shld shr shrd stc std stos sub test verr verw xadd xchg xlat xor
            """.split(whereSeparator: \.isWhitespace).map(String.init)
        let conditional = ["j", "set", "cmov"].flatMap { prefix in Form.conditions.map { prefix + $0 } }
        #expect(Set(expected + conditional).subtracting(Family.mnemonics) == [])
        print("Unicorn: \(Family.mnemonics.count) mnemonics")
    }

    private func compare(
        _ name: String, count: Int, _ runner: UnicornRunner? = nil, _ make: (UInt64) -> GuestCase
    ) throws {
        let runner = try runner ?? UnicornRunner()
        let first = Self.seed &* 1_000_000_000
        for failure in try runner.failures(seeds: first..<first &+ UInt64(count), limit: 10, make) {
            Issue.record("\(failure)")
        }
        print("Unicorn: \(count) cases of \(name), seeds from \(first)")
    }
}
