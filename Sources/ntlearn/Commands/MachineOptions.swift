import ArgumentParser
import Lessons
import X86

/// Which machine a command works on, and what it runs.
struct MachineOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "win2k, xp, xpsp2, seed, one of int2e, sysenter, syscall, or the path of an .asm or a Multiboot file."),
        completion: .custom { _, _, _ in MachineNames.all })
    var machine: String

    @Option(
        help: ArgumentHelp(
            "What the program in ring 3 calls, such as 'NtClose(0x44)', 'NtDisplayString(\"hello\")' or "
                + "'NtQuerySystemTime(&time)'; repeat it for more calls, made one after the other.",
            valueName: "call"))
    var call: [String] = []

    @Option(
        help: ArgumentHelp(
            "A program of your own for ring 3, assembly text for 00400000h that may call ntdll@NtClose and the like.",
            valueName: "file"),
        completion: .file(extensions: ["asm"]))
    var program: String?

    @OptionGroup var content: ContentOptions

    func validate() throws {
        guard program == nil || call.isEmpty else {
            throw ValidationError("a machine runs either --call or --program, not both")
        }
    }

    func library() throws(ContentLocator.NotFound) -> MachineLibrary { try content.library(for: machine) }

    func request(cpu: String? = nil) throws(MachineError) -> MachineRequest {
        if let program {
            return MachineRequest(machine: machine, cpu: cpu, program: try .file(program))
        }
        var calls: [ServiceCall] = []
        for text in call { calls.append(try ServiceCall(text)) }
        return MachineRequest(machine: machine, cpu: cpu, calls: calls)
    }
}

/// Which processor a machine gets.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The processor: \(CPUModel.all.map(\.name).joined(separator: ", ")).", valueName: "model"),
        completion: .list(CPUModel.all.map(\.name)))
    var cpu: String?
}

/// The machines that a shell can complete to.
enum MachineNames {
    /// Those of the built-in course, and the short names.
    static var all: [String] {
        let names = (try? ContentLocator().builtInFolder()).map { MachineLibrary(courses: [$0]).names } ?? []
        return names + MachineLibrary.shorthands.map(\.name)
    }
}
