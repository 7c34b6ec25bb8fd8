import ArgumentParser
import Debugger
import Lessons

/// `ntlearn machine show`: a machine as it stands after its boot.
struct MachineShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a machine after its boot: memory, tables, MSRs, and its way into the kernel.",
        discussion: """
            The machine is booted, and everything is read from it: nothing is known beforehand. Which instruction enters \
            the kernel is seen at the first call that the program makes, and why at the CPUID that the boot executed.

            Example: ntlearn machine show xp --cpu k6-2
            Example: ntlearn machine show win2k --call 'NtClose(0x44)' --json
            Example: ntlearn machine show xp --type _KTRAP_FRAME
            """)

    @OptionGroup var machine: MachineOptions
    @OptionGroup var model: ModelOptions

    @Option(
        help: ArgumentHelp(
            "Show the layout of structures instead, as dt does: a name or a pattern such as '_KT*'.", valueName: "name")
    )
    var type: String?

    @Flag(help: "One JSON object.")
    var json = false

    @Flag(help: "Output for screen readers: no columns, no colour.")
    var plain = false

    func validate() throws {
        guard type == nil || !json else { throw ValidationError("--type has no JSON form") }
    }

    func run() throws {
        let library = try machine.library()
        let bytes: [UInt8]
        do throws(MachineError) { bytes = try answer(from: library) } catch { throw CommandFailure(error) }
        var output = ByteOutput()
        try output.write(bytes)
        try output.flush()
    }

    private func answer(from library: MachineLibrary) throws(MachineError) -> [UInt8] {
        let request = try machine.request(cpu: model.cpu)
        if let type { return try layouts(type, request, library) }
        return page(try library.portrait(of: request))
    }

    private func page(_ portrait: MachinePortrait) -> [UInt8] {
        guard !json else { return MachineShowJSON.line(portrait).bytes + [UInt8(ascii: "\n")] }
        let lines = MachineShowText(portrait, isPlain: plain).lines
        return Array(Terminal.detect(plain: plain).palette.paint(lines).utf8)
    }

    private func layouts(
        _ name: String, _ request: MachineRequest, _ library: MachineLibrary
    ) throws(MachineError) -> [UInt8] {
        let table = try library.image(for: request).types
        let types = table.types(matching: name)
        guard !types.isEmpty else { throw .unknownType(name, among: table) }
        let dump = StructureDump(types: table)
        let lines = types.flatMap { ["nt!\($0.name)"] + dump.lines(of: $0) }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
