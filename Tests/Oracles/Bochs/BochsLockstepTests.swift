import Testing
import X86

@Suite("In step with Bochs", .enabled(if: Bochs.isInstalled, "bochs is not installed"))
struct BochsLockstepTests {
    /// Bochs' processors that CPUID describes as ours.
    private static let machines: [(image: String, model: String, bochs: String)] = [
        ("xp", "pentium", "pentium_mmx"),
        ("xp", "pentium3", "p3_katmai"),
        ("xp", "k6-2", "amd_k6_2_chomper"),
        ("xp", "athlon", "athlon64_clawhammer"),
        ("win2k", "pentium2", "p2_klamath"),
    ]

    @Test("From the entry to HLT both have the same registers and the same accesses to memory", arguments: machines)
    func guest(image: String, model: String, bochs: String) throws {
        let both = try lockstep(try GuestImage(named: image).image, model, bochs)
        try both.runToEnd()
        #expect(both.accessDifferences.isEmpty)
        print("\(image) on \(model) beside Bochs: \(both.summary)")
    }

    /// The five reads of INT 2Eh: gate, code descriptor, SS0 and ESP0, stack descriptor. The seven of IRETD: five words
    /// and two descriptors. The fast instructions go to no table at all.
    private static let transitions: [(image: String, model: String, bochs: String, expected: [String: AccessCount])] = [
        (
            "win2k", "pentium2", "p2_klamath",
            ["int": AccessCount(reads: 5, writes: 5), "iretd": AccessCount(reads: 7, writes: 0)]
        ),
        (
            "xp", "pentium3", "p3_katmai",
            ["sysenter": AccessCount(reads: 0, writes: 0), "sysexit": AccessCount(reads: 0, writes: 0)]
        ),
        (
            "xp", "k6-2", "amd_k6_2_chomper",
            ["syscall": AccessCount(reads: 0, writes: 0), "sysret": AccessCount(reads: 0, writes: 0)]
        ),
    ]

    @Test("Bochs lists as many memory accesses for a system call's instructions as we say", arguments: transitions)
    func accessCounts(image: String, model: String, bochs: String, expected: [String: AccessCount]) throws {
        let both = try lockstep(try GuestImage(named: image).image, model, bochs)
        try both.runToEnd()
        for (mnemonic, count) in expected { #expect(both.accessCounts[mnemonic] == [count], "\(mnemonic)") }
    }

    @Test("Transitions and faults leave the same registers and go to the same memory", arguments: TestImage.names)
    func testImage(name: String) throws {
        let guest = try TestImage(named: name, hidesResumeFlag: false)
        let both = try lockstep(guest.image, "athlon", "athlon64_clawhammer")
        try both.run(to: try #require(guest["main"]))
        try both.runToEnd()
        // A task switch goes to the same places on both sides in an order of the processor's own: we mark the new task busy
        // before its state is read, as the manual lists it, and load CS first; Bochs marks it behind and loads CS last.
        if name != "tasks" { #expect(both.accessDifferences.isEmpty) }
        print("\(name) beside Bochs: \(both.summary)")
    }

    @Test("Limits, types and null selectors refuse the same accesses, with the same error codes")
    func segmentLimits() throws {
        let guest = try BochsImage(named: "segment-limits")
        let both = try lockstep(guest.image, "pentium2", "p2_klamath")
        try both.run(to: try #require(guest["main"]))
        try both.runToEnd()
        #expect(both.accessDifferences.isEmpty)
        print("segment limits beside Bochs: \(both.summary)")
    }

    private func lockstep(_ image: MultibootImage, _ model: String, _ bochs: String) throws -> BochsLockstep {
        try BochsLockstep(image: image, model: try #require(CPUModel.named(model)), bochsModel: bochs)
    }
}
