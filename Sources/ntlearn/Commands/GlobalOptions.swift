/// Options that may also stand before the name of a command: `ntlearn --content mycourse machine list`.
enum GlobalOptions {
    private static let withValue: Set = ["--content", "--profile"]
    private static let flags: Set = ["--plain", "--no-progress"]

    /// The arguments with such options behind the command that follows them. Without a command they belong to `learn`,
    /// which is none to type; all else stays as it is.
    static func behindCommand(_ arguments: [String], commands: Set<String>) -> [String] {
        var end = arguments.startIndex
        while end < arguments.endIndex {
            let name = arguments[end].prefix { $0 != "=" }
            if withValue.contains(String(name)) {
                end += name.count == arguments[end].count ? 2 : 1
            } else if flags.contains(arguments[end]) {
                end += 1
            } else {
                break
            }
        }
        guard end > 0, end < arguments.endIndex, commands.contains(arguments[end]) else { return arguments }
        let rest = arguments[end...]
        let terminator = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<terminator] + arguments[..<end] + rest[terminator...])
    }
}
