import ArgumentParser
struct ExecCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "exec") }
