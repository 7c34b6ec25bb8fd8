/// Lets options stand before the command's name, as in `ntlearn --profile bob list`.
///
/// The tutorial needs no name, so that the parser would take `list` for a lesson.
enum LeadingOptions {
    private static let withValue: Set<String> = ["--profile", "--content"]
    private static let flags: Set<String> = ["--plain", "--no-progress"]

    /// The arguments with the command's name in front.
    static func moved(_ arguments: [String]) -> [String] {
        let names = Set(Ntlearn.configuration.subcommands.compactMap { $0.configuration.commandName })
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            if withValue.contains(argument) {
                index += 2
            } else if flags.contains(argument) || withValue.contains(where: { argument.hasPrefix($0 + "=") }) {
                index += 1
            } else {
                break
            }
        }
        guard index > 0, index < arguments.count, names.contains(arguments[index]) else { return arguments }
        return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
    }
}
