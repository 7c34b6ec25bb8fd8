import Testing
import X86

@Suite("In step with QEMU", .enabled(if: QEMU.isInstalled, "qemu-system-x86_64 is not installed"), .serialized)
struct QEMULockstepTests {
    /// Signatures and the numbers of leaves are our models'; feature bits differ, TCG has its own idea of them.
    private static let machines: [(image: String, model: String, cpu: String)] = [
        ("xp", "pentium", "pentium,model=2,stepping=12,level=1,xlevel=0"),
        ("xp", "pentium3", "pentium3,model=7,stepping=3,level=1,xlevel=0"),
        ("xp", "athlon", "athlon,model=4,stepping=2,level=1,xlevel=0x80000001"),
        (
            "xp", "k6-2",
            "athlon,-sep,+syscall,family=5,model=8,stepping=12,vendor=AuthenticAMD,level=1,xlevel=0x80000001"
        ),
        ("win2k", "pentium2", "pentium2,model=3,stepping=4,level=1,xlevel=0"),
        ("xpsp2", "pentium", "pentium,model=2,stepping=12,level=1,xlevel=0"),
        ("xpsp2", "pentium3", "pentium3,model=7,stepping=3,level=1,xlevel=0"),
        ("xpsp2", "athlon", "athlon,model=4,stepping=2,level=1,xlevel=0x80000001"),
        ("seed", "pentium2", "pentium2,model=3,stepping=4,level=1,xlevel=0"),
        ("seed", "pentium3", "pentium3,model=7,stepping=3,level=1,xlevel=0"),
    ]
    private static let mostSteps = 20_000

    @Test("From the entry to HLT both execute the same instructions with the same registers", arguments: machines)
    func lockstep(image: String, model: String, cpu: String) throws {
        let guest = try GuestImage(named: image)
        var ours = guest.boot(on: try #require(CPUModel.named(model)))
        let qemu = try QEMU(image: guest.bytes, entry: guest.image.entry, cpu: cpu)
        var comparison = Comparison(entry: try qemu.state())
        for register in Register.allCases { ours[register] = comparison.theirs[register] }
        ours.eflags = comparison.theirs.eflags
        for step in 0..<Self.mostSteps {
            let code = ours.bytes(at: ours.linearEIP, count: 15)
            try comparison.check(ours.state, before: "step \(step) of \(image) on \(model): \(disassembly(code))")
            if code.first == 0xF4 { return }
            let outcome = ours.step()
            try #require(outcome != .shutdown)
            comparison.theirs = try qemu.step(from: comparison.theirs)
            // QEMU takes one more step to leave a repeated string instruction.
            if [0xF2, 0xF3].contains(code.first), comparison.theirs.eip != ours.eip {
                comparison.theirs = try qemu.step(from: comparison.theirs)
            }
            if code.starts(with: [0x0F, 0xA2]) { comparison.noteIdentification(ours.state) }
        }
        Issue.record("no HLT within \(Self.mostSteps) steps")
    }

    private func disassembly(_ code: [UInt8]) -> String { Disassembler(.intel).disassemble(code, at: 0).text }
}

/// Compares register states. Where the two sides' CPUID said different things, a register that holds the two
/// answers, as loaded or copied, is excused; anything computed from them is not.
private struct Comparison {
    var theirs: RegisterState
    private var answers: Set<[UInt32]> = []

    init(entry: RegisterState) { theirs = entry }

    mutating func noteIdentification(_ ours: RegisterState) {
        for register in [Register.eax, .ebx, .ecx, .edx] { answers.insert([ours[register], theirs[register]]) }
    }

    func check(_ ours: RegisterState, before place: String) throws {
        var expected = theirs
        for register in Register.allCases where answers.contains([ours[register], theirs[register]]) {
            expected[register] = ours[register]
        }
        if ours != expected { throw GDBRemote.Failure(description: "\(place): \(differences(ours, expected))") }
    }

    private func differences(_ ours: RegisterState, _ expected: RegisterState) -> String {
        var list: [(String, UInt32, UInt32)] = [
            ("eip", ours.eip, expected.eip), ("eflags", ours.eflags, expected.eflags),
        ]
        list += Register.allCases.map { ($0.name, ours[$0], expected[$0]) }
        list += SegmentName.allCases.map { ($0.name, UInt32(ours[$0]), UInt32(expected[$0])) }
        return list.filter { $0.1 != $0.2 }.map { "\($0.0) \(hex($0.1)), QEMU \(hex($0.2))" }.joined(separator: "; ")
    }

    private func hex(_ value: UInt32) -> String { String(value, radix: 16, uppercase: true) + "h" }
}
