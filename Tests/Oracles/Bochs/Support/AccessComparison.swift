/// The same accesses to memory in the same order, but for what the manual leaves open.
struct AccessComparison {
    /// The instruction as the disassembler writes it.
    let instruction: String

    private var mnemonic: Substring { instruction.prefix { $0 != " " } }

    func areEquivalent(_ ours: [MemoryAccess], _ theirs: [MemoryAccess]) -> Bool {
        let ours = joined(ours)
        return areEqual(arranged(ours), arranged(withoutWriteTest(joined(theirs), ours)))
    }

    private func areEqual(_ ours: [MemoryAccess], _ theirs: [MemoryAccess]) -> Bool {
        ours.count == theirs.count && zip(ours, theirs).allSatisfy(areEquivalent)
    }

    /// Where an order is not ours to compare, both sides' accesses are put into one.
    ///
    /// - IRET and RETF pop EIP, CS, EFLAGS, ESP and SS in this order (SDM vol. 2, "Operation"), and so do we; Bochs reads
    ///   EFLAGS or CS first and SS before ESP. All of it is read before anything changes.
    /// - The manual does not say which half of a far pointer is read first: we read the offset, Bochs the selector.
    private func arranged(_ list: [MemoryAccess]) -> [MemoryAccess] {
        let loadsFarPointer = ["lds", "les", "lfs", "lgs", "lss"].contains(mnemonic)
        if mnemonic.hasPrefix("iret") || instruction.hasPrefix("ret far") || loadsFarPointer {
            return list.sorted { ($0.isWrite ? 1 : 0, $0.address) < ($1.isWrite ? 1 : 0, $1.address) }
        }
        return list
    }

    /// Bochs lists two or four bytes across a page's end as two accesses.
    private func joined(_ list: [MemoryAccess]) -> [MemoryAccess] {
        var result: [MemoryAccess] = []
        for access in list {
            if let last = result.last, last.isWrite == access.isWrite, access.address & 0xFFF == 0,
                last.address &+ UInt32(last.size) == access.address, [2, 4].contains(last.size + access.size)
            {
                result[result.count - 1] = MemoryAccess(
                    isWrite: last.isWrite, address: last.address, size: last.size + access.size,
                    value: access.value << (8 * UInt64(last.size)) | last.value)
            } else {
                result.append(access)
            }
        }
        return result
    }

    /// ENTER ends with a test whether the new top of the stack could be written (SDM vol. 2), and INS must be able to write
    /// what it takes from the port; Bochs shows these tests as reads, one more than we have.
    private func withoutWriteTest(_ theirs: [MemoryAccess], _ ours: [MemoryAccess]) -> [MemoryAccess] {
        guard testsBeforeWriting, theirs.count == ours.count + 1 else { return theirs }
        let test = theirs.indices.first { $0 == ours.count || !areEquivalent(ours[$0], theirs[$0]) }
        guard let test, !theirs[test].isWrite else { return theirs }
        return Array(theirs[..<test] + theirs[(test + 1)...])
    }

    private var testsBeforeWriting: Bool {
        instruction.split(separator: " ").contains { ["enter", "insb", "insw", "insd"].contains($0) }
    }

    /// Two widths are the processor's own affair. A selector that is pushed or popped with a 32-bit operand moves as two
    /// bytes on a P6 and as four on a Pentium (SDM vol. 3, "Selector Pushes and Pops"): two in Bochs, four here. And to
    /// set the busy bit of a TSS, Bochs writes the descriptor's upper half, we the byte.
    private func areEquivalent(_ ours: MemoryAccess, _ theirs: MemoryAccess) -> Bool {
        if ours == theirs { return true }
        guard ours.isWrite == theirs.isWrite else { return false }
        if ours.address == theirs.address, ours.size == 4, theirs.size == 2 {
            return movesSelector && ours.value & 0xFFFF == theirs.value
        }
        return ours.size == 1 && theirs.size == 4 && ours.address == theirs.address &+ 1
            && ours.value == theirs.value >> 8 & 0xFF
    }

    private var movesSelector: Bool { ["push", "pop", "iret", "iretd", "ret"].contains(mnemonic) }
}
