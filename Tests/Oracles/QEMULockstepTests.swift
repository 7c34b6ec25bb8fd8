import Testing
import X86

@Suite("In step with QEMU", .enabled(if: QEMU.isInstalled, "qemu-system-x86_64 is not installed"), .serialized)
struct QEMULockstepTests {
    /// Signatures and the numbers of leaves are our models'; feature bits differ, TCG has its own idea of them.
    static let machines: [(image: String, model: String, cpu: String)] = [
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
    static let mostSteps = 20_000

    @Test("From the entry to HLT both execute the same instructions with the same registers", arguments: machines)
    func lockstep(image: String, model: String, cpu: String) throws {
        let guest = try GuestImage(named: image)
        var lockstep = try Lockstep(
            title: "\(image) on \(model)", bytes: guest.bytes, image: guest.image,
            model: try #require(CPUModel.named(model)), cpu: cpu)
        let end = try lockstep.run(budget: Self.mostSteps)
        #expect(end == .halted, "no HLT within \(Self.mostSteps) steps")
    }
}
