/// Where the manuals describe an instruction.
public struct ManualSection: Hashable, Sendable {
    /// The manual and the place in it: "Intel SDM vol. 2, SYSENTER".
    public let citation: String

    /// The instruction's entry in Intel's Software Developer's Manual.
    static func intel(_ entry: String) -> ManualSection { ManualSection(citation: "Intel SDM vol. 2, \(entry)") }

    /// A section of the SDM's system programming guide.
    static func system(_ section: String) -> ManualSection { ManualSection(citation: "Intel SDM vol. 3, \(section)") }

    /// The instruction's entry in AMD's Architecture Programmer's Manual.
    static func amd(_ entry: String) -> ManualSection { ManualSection(citation: "AMD APM vol. 3, \(entry)") }

    static let syscallNote = ManualSection(citation: "AMD 21086, SYSCALL and SYSRET Instruction Specification")
}
