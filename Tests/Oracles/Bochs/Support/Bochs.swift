import Foundation
import X86

/// Bochs executing a Multiboot image, one instruction at a time, by its debugger's commands.
///
/// Bochs' trace of memory accesses is on from the entry. It must not step a HLT that nothing wakes: its debugger would
/// not come back. Every answer has a deadline, and Bochs gets a limited time on the processor, whatever becomes of us.
final class Bochs {
    static let program = "/usr/bin/bochs"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let process = Process()
    private let folder: URL
    private let commands = Pipe()
    private let answers = Pipe()
    private var received: [UInt8] = []
    private var commandCount = 0
    /// Steps taken since the entry.
    private(set) var stepCount = 0

    private static let secondsToLive = 60
    private static let millisecondsToAnswer: Int32 = 20_000

    /// Boots an image and stops at its entry.
    /// - Parameter model: a name from Bochs' list of processors, `bochs --help cpu`.
    init(image: MultibootImage, model: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try write(image, model: model)
        // Bochs gets its processor time by the kernel's measure, so that not even a killed test leaves it running.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["prlimit", "--cpu=\(Self.secondsToLive)", Self.program, "-q", "-f", "rc"]
        process.currentDirectoryURL = folder
        process.standardInput = commands
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        // Without this a dead oracle would end the tests instead of failing one of them.
        signal(SIGPIPE, SIG_IGN)
        try process.run()
        _ = try answer()
        _ = try request(["lb \(image.entry)", "c", "trace-mem on"])
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs until the instruction at an address is the next.
    func run(to address: UInt32) throws { _ = try request(["lb \(address)", "c"]) }

    /// The registers, with no accesses.
    func state() throws -> BochsState { try state(after: []) }

    /// Executes one instruction, or one round of a repeated one, and returns the registers and accesses.
    func step() throws -> BochsState {
        stepCount += 1
        return try state(after: ["s"])
    }

    private func state(after commands: [String]) throws -> BochsState {
        var output = BochsOutput()
        for line in try request(commands + ["r", "sreg", "creg"]) { output.read(line) }
        return output.state
    }

    // MARK: Files

    private func write(_ image: MultibootImage, model: String) throws {
        let base = image.segments.map(\.physicalAddress).min() ?? 0
        var memory: [UInt8] = []
        for segment in image.segments {
            let start = Int(segment.physicalAddress - base)
            if memory.count < start + segment.bytes.count {
                memory += [UInt8](repeating: 0, count: start + segment.bytes.count - memory.count)
            }
            memory.replaceSubrange(start..<start + segment.bytes.count, with: segment.bytes)
        }
        try Data(memory).write(to: folder.appendingPathComponent("image"))
        try Data(try BochsROM(entry: image.entry).bytes).write(to: folder.appendingPathComponent("rom"))
        try Data(configuration(model: model, base: base).utf8).write(to: folder.appendingPathComponent("rc"))
    }

    private func configuration(model: String, base: UInt32) -> String {
        """
        megs: \(MultibootImage.defaultMemorySize >> 20)
        romimage: file=rom
        optramimage1: file=image, address=0x\(String(base, radix: 16))
        cpu: model=\(model), ignore_bad_msrs=0
        display_library: rfb, options="timeout=0"
        log: /dev/null
        panic: action=fatal
        error: action=ignore
        info: action=ignore
        debug: action=ignore

        """
    }

    // MARK: Dialogue

    private func request(_ commands: [String]) throws -> [String] {
        let text = Array(commands.map { $0 + "\n" }.joined().utf8)
        let descriptor = self.commands.fileHandleForWriting.fileDescriptor
        let written = text.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        guard written == text.count else { throw Failure(description: "Bochs does not take commands") }
        commandCount += commands.count
        return try answer()
    }

    /// The lines up to the prompt behind the last command. Prompts are numbered.
    private func answer() throws -> [String] {
        let prompt = Array("<bochs:\(commandCount + 1)> ".utf8)
        while !received.suffix(prompt.count).elementsEqual(prompt) {
            let descriptor = answers.fileHandleForReading.fileDescriptor
            var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&event, 1, Self.millisecondsToAnswer) > 0 else {
                throw Failure(description: "Bochs does not answer after \(stepCount) steps")
            }
            var buffer = [UInt8](repeating: 0, count: 16384)
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { throw Failure(description: "Bochs is gone after \(stepCount) steps") }
            received += buffer[..<count]
        }
        defer { received.removeAll(keepingCapacity: true) }
        return received.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}
