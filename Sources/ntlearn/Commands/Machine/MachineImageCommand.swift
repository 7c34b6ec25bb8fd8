import ArgumentParser
import Foundation
import Lessons

/// `ntlearn machine image`: the file that any PC can boot.
struct MachineImageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", abstract: "Write a machine as a Multiboot ELF file that any PC or emulator can boot.",
        discussion: """
            It is the very file that ntlearn's own processor boots. An existing file is replaced.

            Example: ntlearn machine image xp -o xp.elf
                     qemu-system-x86_64 -cpu pentium3 -kernel xp.elf -debugcon stdio -display none
            """)

    @OptionGroup var machine: MachineOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
    var output: String

    func run() throws {
        let library = try machine.library()
        let bytes: [UInt8]
        do throws(MachineError) { bytes = try library.image(for: machine.request()).bytes } catch {
            throw CommandFailure(error)
        }
        if output == "-" { try writeToStandardOutput(bytes) } else { try write(bytes, to: output) }
    }

    private func writeToStandardOutput(_ bytes: [UInt8]) throws(CommandFailure) {
        guard isatty(STDOUT_FILENO) == 0 else {
            throw CommandFailure("an image is no text for a terminal; write it to a file with -o FILE", status: 2)
        }
        var output = ByteOutput()
        try output.write(bytes)
        try output.flush()
    }

    private func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw Self.failure(path) }
        defer { close(file) }
        guard isatty(file) == 0 else {
            throw CommandFailure("\(path) is a terminal; an image is no text", status: 2)
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Self.failure(path) }
            rest = rest.dropFirst(written)
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure("cannot write \(path): \(String(cString: strerror(errno)))", status: 2)
    }
}
