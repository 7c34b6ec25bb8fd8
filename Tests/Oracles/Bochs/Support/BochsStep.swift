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
    var mnemonic: String { String(text.prefix { $0 != " " }) }

    /// CPUID, RDTSC: what they answer is the chip's own affair, so that ours takes over what Bochs' said.
    var readsIdentity: Bool { code.starts(with: [0x0F, 0xA2]) || code.starts(with: [0x0F, 0x31]) }
    var identityRegisters: [Register] { code[1] == 0xA2 ? [.eax, .ebx, .ecx, .edx] : [.eax, .edx] }

    /// How the accesses differ from Bochs', or `nil` if they do not.
    func difference(_ theirs: BochsState) -> String? {
        var list: [String] = []
        if !isEquivalent(theirs.accesses) {
            list.append("accesses\n    ours  \(accesses)\n    Bochs \(theirs.accesses)")
        }
        if marks != theirs.marks { list.append("marks \(marks), Bochs \(theirs.marks)") }
        return list.isEmpty ? nil : list.joined(separator: "; ")
    }

    /// The same accesses in the same order, but for what the manual leaves open.
    ///
    /// IRET and RETF pop EIP, CS, EFLAGS, ESP and SS in this order (SDM vol. 2, "Operation"), and so do we; Bochs reads
    /// EFLAGS or CS first and SS before ESP. Since all of that is read before anything changes, only the order differs.
    ///
    /// ENTER ends with a test whether the new top of the stack could be written (SDM vol. 2); Bochs shows it as a read.
    /// CALL compares its target with the limit and only then pushes (SDM vol. 2); Bochs pushes first.
    private func isEquivalent(_ theirs: [MemoryAccess]) -> Bool {
        if loadsFarPointer { return isEquivalentPointerLoad(theirs) }
        var theirs = theirs
        if theirs.count == accesses.count + 1 {
            if mnemonic == "enter", theirs.last?.isWrite == false { theirs.removeLast() }
            if mnemonic == "call", theirs.first?.isWrite == true { theirs.removeFirst() }
        }
        guard accesses.count == theirs.count else { return false }
        let reorders = mnemonic.hasPrefix("iret") || text.hasPrefix("ret far")
        let pairs = reorders ? zip(sorted(accesses), sorted(theirs)) : zip(accesses, theirs)
        return pairs.allSatisfy(isEquivalent)
    }

    private var loadsFarPointer: Bool { ["lds", "les", "lfs", "lgs", "lss"].contains(mnemonic) }

    /// The manual does not say which half of a far pointer is read first, and where only one half can be read, we read
    /// that one and Bochs neither, or the reverse.
    private func isEquivalentPointerLoad(_ theirs: [MemoryAccess]) -> Bool {
        func isHalf(_ access: MemoryAccess) -> Bool { !access.isWrite && access.size <= 4 }
        let halves = Set(accesses.prefix(while: isHalf))
        let theirHalves = Set(theirs.prefix(while: isHalf))
        guard halves.isSubset(of: theirHalves) || theirHalves.isSubset(of: halves) else { return false }
        return accesses.drop(while: isHalf).elementsEqual(theirs.drop(while: isHalf))
    }

    private func sorted(_ list: [MemoryAccess]) -> [MemoryAccess] {
        list.sorted { ($0.isWrite ? 1 : 0, $0.address) < ($1.isWrite ? 1 : 0, $1.address) }
    }

    /// Two widths are the processor's own affair. A selector that is pushed or popped with a 32-bit operand moves as two
    /// bytes on a P6 and as four on a Pentium (SDM vol. 3, 23.31.1): two in Bochs, four here. And to set the busy bit of
    /// a TSS, Bochs writes the descriptor's upper half, we the byte.
    private func isEquivalent(_ ours: MemoryAccess, _ theirs: MemoryAccess) -> Bool {
        if ours == theirs { return true }
        guard ours.isWrite == theirs.isWrite else { return false }
        if ours.address == theirs.address, ours.size == 4, theirs.size == 2 {
            return movesSelector && ours.value & 0xFFFF == theirs.value
        }
        return ours.size == 1 && theirs.size == 4 && ours.address == theirs.address &+ 1
            && ours.value == theirs.value >> 8 & 0xFF
    }

    private var movesSelector: Bool {
        ["push", "pop", "iret", "iretd", "ret"].contains(mnemonic)
    }
}
