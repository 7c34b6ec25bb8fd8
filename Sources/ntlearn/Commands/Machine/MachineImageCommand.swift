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
        try refuseTerminal()
        try OutputFile(output).write(bytes)
    }

    private func refuseTerminal() throws(CommandFailure) {
        guard output == "-" ? isatty(STDOUT_FILENO) == 1 : Self.isTerminal(output) else { return }
        throw CommandFailure("an image is no text for a terminal; write it to a file with -o FILE", status: 2)
    }

    private static func isTerminal(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return false }
        defer { close(file) }
        return isatty(file) == 1
    }
}
