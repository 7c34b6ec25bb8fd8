import Debugger
import Foundation
import Lessons
import Testing
import X86

/// The guests' calls that fail, convert, nest and stop the system, beside QEMU.
@Suite("Calls in step with QEMU", .enabled(if: QEMU.isInstalled, "qemu-system-x86_64 is not installed"), .serialized)
struct GuestCallLockstepTests {
    private static let library: MachineLibrary = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return MachineLibrary(courses: [root.appendingPathComponent("content").path])
    }()

    /// Every kind of call that cannot be served, a GUI thread's first call and its second, a driver that calls a
    /// service, nine arguments; at the end a fault in ring 3.
    private static func calls(_ image: String) -> String {
        let isXP = image != "win2k"
        let close = isXP ? 0x19 : 0x18
        let window = isXP ? 0x1194 : 0x1189
        let interrupts: [(eax: Int, edx: UInt32)] = [
            (0xFFF, 0x12_FF00), (0x2000, 0x12_FF00), (close, 0x7FFF_0000), (close, 0x50_0000), (close, 0x12_FFFC),
            (window, 0), (window, 0), (0x1FFF, 0),
        ]
        let direct = interrupts.map { "mov eax, \($0.eax)\nmov edx, \($0.edx)\nint 0x2E\n" }.joined()
        return """
            push 0x44
            call ntdll@NtClose
            push 0x80000000
            call ntdll@NtQuerySystemTime
            push 0x7FFE0014
            call ntdll@NtQuerySystemTime
            push 0x00500000
            call ntdll@NtDisplayString
            \(direct)
            push program@driver
            call ntdll@NtLoadDriver
            push 0
            push 0
            push 9
            push program@buffer
            push program@status
            push 0
            push 0
            push 4
            push 8
            call ntdll@NtReadFile
            mov eax, [0x80400000]
            align 4
            program@driver: dw 10, 10
            dd program@name
            program@name: dw "h", "e", "l", "l", "o", 0
            program@status: dd 0, 0
            program@buffer: times 16 db 0
            """
    }

    private func run(_ image: String, _ model: String, _ cpu: String, _ program: String) throws {
        let request = MachineRequest(machine: image, cpu: model, program: .assembly(program))
        let bootable = try Self.library.image(for: request)
        var lockstep = try Lockstep(
            title: "calls on \(image), \(model)", bytes: bootable.bytes, image: bootable.layout,
            model: try #require(CPUModel.named(model)), cpu: cpu)
        #expect(try lockstep.run(budget: QEMULockstepTests.mostSteps) == .halted)
    }

    @Test("Failing, converting and nested calls, to the end of the program", arguments: QEMULockstepTests.machines)
    func calls(image: String, model: String, cpu: String) throws {
        try run(image, model, cpu, Self.calls(image))
    }

    @Test("A driver's fault, to the stop screen", arguments: QEMULockstepTests.machines)
    func stopScreen(image: String, model: String, cpu: String) throws {
        try run(
            image, model, cpu,
            """
            mov eax, \(image == "win2k" ? 0x55 : 0x61)
            mov edx, program@pointer
            int 0x2E
            hlt
            align 4
            program@pointer: dd program@driver
            program@driver: dw 10, 10
            dd program@name
            program@name: dw "c", "r", "a", "s", "h", 0
            """)
    }

    @Test("A step into SYSENTER, through KiTrap01 and back", arguments: ["xp", "xpsp2"])
    func singleStep(image: String) throws {
        try run(
            image, "pentium3", "pentium3,model=7,stepping=3,level=1,xlevel=0",
            """
            mov eax, 0x116
            call program@stub
            program@after: hlt
            program@stub: mov edx, esp
            pushfd
            or dword [esp], 0x100
            popfd
            sysenter
            """)
    }
}
