import Testing
import X86

@Suite("Test images in step with QEMU", .enabled(if: QEMU.isInstalled, "qemu-system-x86_64 is not installed"))
struct QEMUImageTests {
    private static let images = TestImage.names
    /// It executes both SYSENTER and SYSCALL.
    private static let cpu = "athlon,+syscall,model=4,stepping=2,level=1,xlevel=0x80000001"
    private static let mostSteps = 40_000

    @Test("Both execute the same instructions, with the same registers and exceptions", arguments: images)
    func lockstep(name: String) throws {
        let test = try TestImage(named: name, hidesResumeFlag: true)
        guard !test.isBeyondQEMU else { return }
        var lockstep = try Lockstep(
            title: name, bytes: test.bytes, image: test.image, model: try #require(CPUModel.named("athlon")),
            cpu: Self.cpu)
        let end = try lockstep.run(budget: Self.mostSteps)
        print("QEMU: \(name).asm, \(lockstep.steps) instructions compared")
        #expect(end == (test.endsInShutdown ? .shutdown : .halted))
        guard end == .halted else { return }
        #expect(try lockstep.differences(in: test.records).map(\.address) == [])
    }
}
