import Testing
import X86

@Suite("In step with Bochs", .enabled(if: Bochs.isInstalled, "bochs is not installed"), .serialized)
struct BochsLockstepTests {
    private static let machines: [(image: String, model: String, bochs: String)] = [
        ("xp", "pentium", "pentium_mmx"),
        ("xp", "pentium3", "p3_katmai"),
        ("xp", "k6-2", "amd_k6_2_chomper"),
        ("xp", "athlon", "athlon64_clawhammer"),
        ("win2k", "pentium2", "p2_klamath"),
    ]

    @Test("From the entry to HLT both have the same registers and access the same memory", arguments: machines)
    func lockstep(image: String, model: String, bochs: String) throws {
        let guest = try GuestImage(named: image)
        let both = try BochsLockstep(
            image: guest.image, model: try #require(CPUModel.named(model)), bochsModel: bochs)
        try both.runToHalt()
        print("\(image) on \(model): \(both.stepCount) steps, \(both.accessCount) accesses")
    }
}
