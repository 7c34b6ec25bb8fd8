import Debugger
import X86

/// `!cpuid`: what the processor says of itself.
struct CPUIDWord: Word {
    static let spec = WordSpec(
        name: "!cpuid", group: .system, usage: "!cpuid", summary: "show what CPUID says of this processor",
        detail: "SEP announces SYSENTER, and lies on a Pentium Pro; syscall, an extended bit, announces SYSCALL.",
        example: "!cpuid")

    func run(_ arguments: WordArguments, in session: LearnSession) throws(WordError) {
        try ArgumentReader(arguments, in: session).requireEnd(Self.spec)
        let model = try session.machine().cpu.model
        let output = session.output
        output.print(StyledText("CP  F/M/S  Manufacturer", .heading))
        let signature = model.signature
        let version = [signature >> 8 & 15, signature >> 4 & 15, signature & 15].map { "\($0)" }.joined(separator: ",")
        output.print(StyledText(" 0  \(version.padding(to: 5))  \(model.vendor)   (\(model.title))"))
        let extended: [UInt32] = model.extendedFeatures == nil ? [] : [0x8000_0000, 0x8000_0001]
        for leaf in [0, 1] + extended { output.print(Self.line(leaf, model.cpuid(leaf: leaf))) }
        output.say(StyledText("Features: \(Self.names(of: model.features, Self.basic))"))
        guard let features = model.extendedFeatures else { return }
        output.say(StyledText("Extended: \(Self.names(of: features, Self.extended))"))
    }

    private static func line(
        _ leaf: UInt32, _ values: (eax: UInt32, ebx: UInt32, ecx: UInt32, edx: UInt32)
    ) -> StyledText {
        let pairs = [("eax", values.eax), ("ebx", values.ebx), ("ecx", values.ecx), ("edx", values.edx)]
        let text = pairs.map { "\($0.0)=\(Hex.digits($0.1))" }.joined(separator: " ")
        return StyledText("leaf \(Hex.digits(leaf)): \(text)")
    }

    private static func names(of bits: UInt32, _ table: [Int: String]) -> String {
        (0..<32).filter { bits >> UInt32($0) & 1 != 0 }.map { table[$0] ?? "bit \($0)" }.joined(separator: " ")
    }

    /// EDX of leaf 1 (SDM vol. 2, CPUID).
    private static let basic: [Int: String] = [
        0: "fpu", 1: "vme", 2: "de", 3: "pse", 4: "tsc", 5: "msr", 6: "pae", 7: "mce", 8: "cx8", 9: "apic",
        11: "SEP", 12: "mtrr", 13: "pge", 14: "mca", 15: "cmov", 16: "pat", 17: "pse36", 18: "psn", 23: "mmx",
        24: "fxsr", 25: "sse",
    ]
    /// EDX of leaf 80000001h (AMD 20734).
    private static let extended: [Int: String] = {
        var names = basic.filter { $0.key < 18 || $0.key > 22 }
        names[11] = "syscall"
        names[22] = "mmxext"
        names[25] = nil
        names[30] = "3dnowext"
        names[31] = "3dnow"
        return names
    }()
}
