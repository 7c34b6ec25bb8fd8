import Spelling

/// What a machine's source says of itself, in comments before its first statement:
///
///     ;@ title: Windows XP before Service Pack 2
///     ;@ cpu: pentium3
struct MachineHeader {
    /// For people; the file's name if the source gives none.
    var title: String?
    /// The processor model that the machine gets unless another one is asked for.
    var cpu: String?

    init(source: String) {
        for line in source.split(separator: "\n", omittingEmptySubsequences: false).prefix(40) {
            guard line.hasPrefix(";") || line.isEmpty else { return }
            guard line.hasPrefix(";@"), let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].dropFirst(2).trimmed
            let value = line[line.index(after: colon)...].trimmed
            switch key {
            case "title": title = value
            case "cpu": cpu = value
            default: break
            }
        }
    }
}
