import X86

/// Where our processor and an expectation differ, in words; empty if they agree.
struct OutcomeComparison {
    let ours: GuestOutcome
    let theirs: GuestOutcome
    /// The flags that are compared.
    let flags: UInt32

    /// - Parameter flags: RF is never compared: only a debugger sets it, and only exceptions show it.
    init(ours: GuestOutcome, theirs: GuestOutcome, undefinedFlags: UInt32) {
        self.ours = ours
        self.theirs = theirs
        flags = ~(undefinedFlags | Flags.resume)
    }

    var differences: [String] {
        faultDifferences + registerDifferences + memoryDifferences
    }

    /// A fault must have the same vector, and a page fault the same page. Whether a page fault was a write's can be
    /// compared only where Unicorn says so: of an operand that is read first it reports the read.
    private var faultDifferences: [String] {
        guard ours.fault?.vector == theirs.fault?.vector, page(ours) == page(theirs) else {
            return ["fault \(name(ours)), expected \(name(theirs))"]
        }
        if theirs.fault?.isWrite == true, ours.fault?.isWrite == false { return ["fault is a read's"] }
        return []
    }

    private func page(_ outcome: GuestOutcome) -> UInt32? { outcome.fault?.address.map { $0 >> 12 } }

    private func name(_ outcome: GuestOutcome) -> String {
        guard let fault = outcome.fault else { return "none" }
        return "\(fault.vector)" + (fault.address.map { " at \(hex($0))" } ?? "")
    }

    private var registerDifferences: [String] {
        var list = Register.allCases.map {
            ($0.name, ours.registers[Int($0.rawValue)], theirs.registers[Int($0.rawValue)])
        }
        list.append(("eflags", ours.eflags & flags, theirs.eflags & flags))
        list.append(("eip", ours.eip, theirs.eip))
        list += SegmentName.allCases.map {
            ($0.name, ours.selectors[Int($0.rawValue)], theirs.selectors[Int($0.rawValue)])
        }
        return list.filter { $0.1 != $0.2 }.map { "\($0.0) \(hex($0.1)), expected \(hex($0.2))" }
    }

    private var memoryDifferences: [String] {
        guard ours.memory != theirs.memory else { return [] }
        let places = zip(ours.memory, theirs.memory).enumerated().filter { $0.element.0 != $0.element.1 }
        return places.prefix(8).map { place in
            let address = GuestCase.dataAddress + UInt32(place.offset)
            return "[\(hex(address))] \(hex(UInt32(place.element.0))), expected \(hex(UInt32(place.element.1)))"
        }
    }
}

func hex(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }
