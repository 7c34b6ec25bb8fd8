import ArgumentParser

/// `ntlearn machine`: the guest machines.
struct MachineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "machine", abstract: "List the guest machines, show one, or write it as a bootable file.",
        discussion: "Example: ntlearn machine list",
        subcommands: [MachineListCommand.self, MachineShowCommand.self, MachineImageCommand.self])
}
