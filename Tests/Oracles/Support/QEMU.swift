import Foundation
import X86

/// QEMU executing a Multiboot image, one instruction at a time.
final class QEMU {
    static let program = "/usr/bin/qemu-system-x86_64"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    private let process = Process()
    private let image: URL
    private let stub: GDBRemote
    /// Closed when they go.
    private let pipes: [Pipe]

    /// Boots an image and stops at its entry.
    /// - Parameter cpu: the value of `-cpu`.
    init(image bytes: [UInt8], entry: UInt32, cpu: String) throws {
        image = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-\(UUID().uuidString).elf")
        try Data(bytes).write(to: image)
        let commands = Pipe()
        let answers = Pipe()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = [
            "-accel", "tcg", "-cpu", cpu, "-M", "pc", "-m", "16", "-kernel", image.path, "-display", "none",
            "-nodefaults", "-serial", "none", "-monitor", "none", "-no-reboot", "-S", "-gdb", "stdio",
        ]
        process.standardInput = commands
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        pipes = [commands, answers]
        stub = GDBRemote(
            reading: answers.fileHandleForReading.fileDescriptor,
            writing: commands.fileHandleForWriting.fileDescriptor)
        signal(SIGPIPE, SIG_IGN)  // a processor that shuts down takes QEMU with it
        try process.run()
        try start(at: entry)
    }

    deinit {
        // Not SIGTERM: QEMU inherits the test runner's signal mask, in which that is blocked.
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: image)
    }

    private func start(at entry: UInt32) throws {
        _ = try stub.request("QStartNoAckMode")
        _ = try stub.request("Qqemu.sstep=0x7")  // no interrupts and no timers between steps
        _ = try stub.request("Z1,\(String(entry, radix: 16)),1")
        _ = try stub.request("c")
        _ = try stub.request("z1,\(String(entry, radix: 16)),1")
    }

    /// Executes one instruction and returns the registers after it.
    ///
    /// QEMU 7.2 sometimes stops before it has executed anything; since no instruction but a jump to itself leaves
    /// all registers alone, EIP included, such a stop shows and is repeated.
    func step(from old: RegisterState) throws -> RegisterState {
        for _ in 0..<5 {
            _ = try stub.request("s")
            let new = try state()
            if new != old { return new }
        }
        return old
    }

    /// The registers, in the order in which QEMU's x86-64 target lists them.
    func state() throws -> RegisterState {
        let bytes = Self.bytes(try stub.request("g"))
        guard bytes.count >= 164 else { throw GDBRemote.Failure(description: "too few registers") }
        func word(_ offset: Int) -> UInt32 { bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) } }
        var state = RegisterState()
        let general: [Register] = [.eax, .ebx, .ecx, .edx, .esi, .edi, .ebp, .esp]
        for (index, register) in general.enumerated() { state[register] = word(8 * index) }
        state.eip = word(128)
        state.eflags = word(136)
        let selectors: [SegmentName] = [.cs, .ss, .ds, .es, .fs, .gs]
        for (index, name) in selectors.enumerated() { state[name] = UInt16(truncatingIfNeeded: word(140 + 4 * index)) }
        state.cpl = UInt8(state[.cs] & 3)
        return state
    }

    /// Guest memory at linear addresses.
    func memory(_ range: Range<UInt32>) throws -> [UInt8] {
        var result: [UInt8] = []
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 1024) {
            let count = min(1024, range.upperBound - start)
            let answer = try stub.request("m\(String(start, radix: 16)),\(String(count, radix: 16))")
            guard answer.utf8.count == 2 * Int(count) else {
                throw GDBRemote.Failure(description: "cannot read memory at \(String(start, radix: 16))h: \(answer)")
            }
            result += Self.bytes(answer)
        }
        return result
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).map { index in
            UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) ?? 0
        }
    }
}
