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
        #expect(both.accessDifferences.isEmpty)
        print(both.accessDifferences.values.joined(separator:"\n"))
        print("\(image) on \(model): \(both.stepCount) steps, \(both.accessCount) accesses")
    }

    private static let images: [(image: String, model: String, bochs: String)] = [
        ("transitions", "athlon", "athlon64_clawhammer"),
    ]

    @Test("Test images", arguments: images)
    func testImage(image: String, model: String, bochs: String) throws {
        let guest = try TestImage(named: image, hidesResumeFlag: false)
        let both = try BochsLockstep(
            image: guest.image, model: try #require(CPUModel.named(model)), bochsModel: bochs)
        defer { print(both.accessDifferences.values.joined(separator:"\n")) }
        try both.runToHalt()
        print("\(image) on \(model): \(both.stepCount) steps, \(both.accessCount) accesses")
    }

    @Test("Segment limits")
    func segmentLimits() throws {
        let guest = try BochsImage(named: "segment-limits")
        let both = try BochsLockstep(
            image: guest.image, model: try #require(CPUModel.named("pentium2")), bochsModel: "p2_klamath")
        defer { print("\(both.stepCount) steps, \(both.accessCount) accesses", both.accessDifferences.values.joined(separator:"\n")) }
        try both.runToHalt()
    }
}
