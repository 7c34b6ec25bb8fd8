import X86

/// Where Unicorn 2.1 is known not to do what the manual says.
enum UnicornDeviations {
    /// Unicorn's outcome with what it does wrong put right.
    static func corrected(_ theirs: GuestOutcome, ours: GuestOutcome, _ guest: GuestCase) -> GuestOutcome {
        // LOCK: Unicorn executes it on registers, and looks for memory before it refuses it elsewhere.
        if guest.isInvalidOpcode { return guest.unchanged(fault: .init(vector: 6)) }
        guard var fault = theirs.fault else { return enter(theirs, ours: ours, guest) }
        // Which of two absent operands CMPS finds first is not specified: we look at the source, Unicorn at ES:EDI.
        if guest.isCompareString, ours.fault?.vector == fault.vector { fault.address = ours.fault?.address }
        // A fault leaves everything as it was, so that the instruction can be restarted (SDM vol. 3, 6.5); Unicorn's
        // POPA, PUSHA, ENTER and others have half happened by then.
        if guest.isSingle { return guest.unchanged(fault: fault).forgettingPushes(of: guest, ours) }
        var theirs = theirs
        theirs.fault = fault
        return withoutHalfStore(theirs, ours: ours, fault)
    }

    /// ENTER faults if a write at the new stack pointer would (SDM vol. 2, ENTER); Unicorn does not try it.
    private static func enter(_ theirs: GuestOutcome, ours: GuestOutcome, _ guest: GuestCase) -> GuestOutcome {
        let top = theirs.registers[Int(Register.esp.rawValue)]
        guard guest.isEnter else { return theirs }
        if GuestCase.dataAddress..<GuestCase.dataEnd ~= top { return theirs.keepingUpperFrame(of: guest) }
        return guest.unchanged(fault: .init(vector: 14, isWrite: true, address: top)).forgettingPushes(of: guest, ours)
    }

    /// A store across the end of the data pages writes nothing; Unicorn writes the part that is mapped.
    private static func withoutHalfStore(
        _ theirs: GuestOutcome, ours: GuestOutcome, _ fault: GuestOutcome.Fault
    ) -> GuestOutcome {
        guard fault.isWrite, ours.memory.count == theirs.memory.count else { return theirs }
        var corrected = theirs
        let tail = corrected.memory.count - 3..<corrected.memory.count
        if fault.address.map({ $0 >= GuestCase.dataEnd - 3 && $0 <= GuestCase.dataEnd + 3 }) == true {
            corrected.memory.replaceSubrange(tail, with: ours.memory[tail])
        }
        return corrected
    }
}

extension GuestCase {
    fileprivate var isCompareString: Bool { code.last.map { $0 & 0xFE == 0xA6 } == true }
    fileprivate var isEnter: Bool { isSingle && code.drop(while: { $0 == 0x66 }).first == 0xC8 }
}

extension GuestOutcome {
    /// With 16-bit operands ENTER leaves bits 16 and above of EBP alone (SDM vol. 2, ENTER); Unicorn clears them.
    fileprivate func keepingUpperFrame(of guest: GuestCase) -> GuestOutcome {
        guard guest.code.first == 0x66 else { return self }
        let frame = Int(Register.ebp.rawValue)
        var corrected = self
        corrected.registers[frame] = guest.registers[frame] & 0xFFFF_0000 | registers[frame] & 0xFFFF
        return corrected
    }

    /// What ENTER had pushed when it faulted lies beyond the stack pointer, where nobody may look: it is not compared.
    fileprivate func forgettingPushes(of guest: GuestCase, _ ours: GuestOutcome) -> GuestOutcome {
        let pointer = registers[Int(Register.esp.rawValue)]
        guard guest.isEnter, GuestCase.dataAddress...GuestCase.dataEnd ~= pointer else { return self }
        let below = 0..<Int(pointer - GuestCase.dataAddress)
        var corrected = self
        corrected.memory.replaceSubrange(below, with: ours.memory[below])
        return corrected
    }
}
