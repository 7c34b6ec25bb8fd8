import ArgumentParser
import Lessons

/// `ntlearn machine list`: which machines there are.
struct MachineListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the machines, their processors and their short names.",
        discussion: """
            A short name stands for a machine on a certain processor: `sysenter` is `xp` on a Pentium III.

            Example: ntlearn machine list --json
            """)

    @Flag(help: "One JSON object a line for each machine.")
    var json = false

    @OptionGroup var content: ContentOptions

    func run() throws {
        let library = try content.library()
        var files: [MachineFile] = []
        var isComplete = true
        for name in library.names {
            do throws(MachineError) { files.append(try library.file(name)) } catch {
                CommandFailure.warn("\(error)")
                isComplete = false
            }
        }
        var output = ByteOutput()
        try output.write(json ? lines(files) : table(files))
        try output.flush()
        guard isComplete else { throw CommandFailure("") }
    }

    private static func shorthands(of file: MachineFile) -> [(name: String, image: String, cpu: String)] {
        MachineLibrary.shorthands.filter { $0.image == file.name }
    }

    private func lines(_ files: [MachineFile]) -> [UInt8] {
        files.flatMap { file in
            let line = JSONLine { line in
                line.string("name", file.name)
                line.string("cpu", file.defaultModel.name)
                line.string("title", file.title)
                line.objects("shorthands", Self.shorthands(of: file)) { line, shorthand in
                    line.string("name", shorthand.name)
                    line.string("cpu", shorthand.cpu)
                }
            }
            return line.bytes + [UInt8(ascii: "\n")]
        }
    }

    private func table(_ files: [MachineFile]) -> [UInt8] {
        let terminal = Terminal.detect(plain: false)
        let header = Self.row("MACHINE", "CPU", "TITLE").styled(.dim)
        let rows = files.flatMap { file in
            [Self.row(file.name, file.defaultModel.name, file.title)]
                + Self.shorthands(of: file).map {
                    Self.row("  \($0.name)", $0.cpu, "short for \($0.image) on this CPU")
                }
        }
        return Array(terminal.palette.paint([header] + rows).utf8)
    }

    private static func row(_ name: String, _ cpu: String, _ title: String) -> StyledText {
        StyledText(name).padded(to: 16) + StyledText(cpu).padded(to: 12) + StyledText(title)
    }
}
