import X86

/// An instruction that is compared with Bochs: what it is, and what it did to memory here.
struct BochsStep {
    let eip: UInt32
    private let code: [UInt8]
    var accesses: [MemoryAccess] = []
    var marks: [PageMark] = []

    init(cpu: borrowing CPU) {
        eip = cpu.eip
        code = cpu.bytes(at: cpu.linearEIP, count: 15)
    }

    mutating func note(_ effects: [Effect]) {
        accesses = effects.compactMap(MemoryAccess.init)
        marks = effects.compactMap {
            if case .pageMark(let entry, _, let new) = $0 { PageMark(entry: entry, value: new) } else { nil }
        }
    }

    var text: String { Disassembler(.intel).disassemble(code, at: eip).text }
    /// A string instruction with REP.
    var isRepeated: Bool { text.hasPrefix("rep") }
    var mnemonic: String { String(text.prefix { $0 != " " }) }

    /// CPUID, RDTSC: what they answer is the chip's own affair, so that ours takes over what Bochs' said.
    var readsIdentity: Bool { code.starts(with: [0x0F, 0xA2]) || code.starts(with: [0x0F, 0x31]) }
    var identityRegisters: [Register] { code[1] == 0xA2 ? [.eax, .ebx, .ecx, .edx] : [.eax, .edx] }

    /// How the accesses differ from Bochs', or `nil` if they do not.
    ///
    /// - Parameter gate: where the gate lies through which an exception was delivered, if one was. How far the
    ///   instruction itself got is then left open: Bochs for instance keeps the words of a PUSHAD that still fitted, and
    ///   lets CALL push before it looks at the limit; the manual looks first.
    func difference(_ theirs: BochsState, deliveredThrough gate: UInt32?) -> String? {
        var list: [String] = []
        let comparison = AccessComparison(instruction: text)
        if !comparison.areEquivalent(delivery(accesses, gate), delivery(theirs.accesses, gate)) {
            list.append("accesses\n    ours  \(accesses)\n    Bochs \(theirs.accesses)")
        }
        if !areEquivalent(theirs.marks, isAbandoned: gate != nil) {
            list.append("marks \(marks), Bochs \(theirs.marks)")
        }
        return list.isEmpty ? nil : list.joined(separator: "; ")
    }

    private func areEquivalent(_ theirs: [PageMark], isAbandoned: Bool) -> Bool {
        if marks == theirs { return true }
        return isAbandoned && (Set(marks).isSubset(of: theirs) || Set(theirs).isSubset(of: marks))
    }

    private func delivery(_ accesses: [MemoryAccess], _ gate: UInt32?) -> [MemoryAccess] {
        guard let gate, let start = accesses.firstIndex(where: { $0.address == gate && !$0.isWrite }) else {
            return accesses
        }
        return Array(accesses[start...])
    }
}
