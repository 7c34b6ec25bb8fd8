import ArgumentParser
import Lessons

/// Which machine a command works on, and what it runs.
struct MachineOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "xp, win2k, one of int2e, sysenter, syscall, or the path of an .asm source or a Multiboot ELF file."))
    var machine: String

    @Option(
        help: ArgumentHelp(
            "What the program in ring 3 calls, such as 'NtClose(0x44)'; repeat it for more calls.", valueName: "call"))
    var call: [String] = []

    @OptionGroup var content: ContentOptions

    func library() throws(ContentLocator.NotFound) -> MachineLibrary { try content.library(for: machine) }

    func request(cpu: String? = nil) throws(MachineError) -> MachineRequest {
        var calls: [ServiceCall] = []
        for text in call { calls.append(try ServiceCall(text)) }
        return MachineRequest(machine: machine, cpu: cpu, calls: calls)
    }
}
