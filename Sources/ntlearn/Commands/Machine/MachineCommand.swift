import ArgumentParser
struct MachineCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "machine") }
