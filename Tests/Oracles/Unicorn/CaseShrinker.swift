import X86

/// Makes a failing case smaller for as long as it fails: fewer bytes of memory, plainer registers and flags.
struct CaseShrinker {
    /// The exceptions on both sides of a failing case, which a smaller one must share; `nil` if it does not fail.
    let symptom: (GuestCase) throws -> [UInt8?]?

    func shrink(_ guest: GuestCase) throws -> GuestCase {
        var smallest = guest
        let original = try symptom(guest)
        for candidate in candidates(guest) {
            var next = smallest
            candidate(&next)
            if try symptom(next) == original { smallest = next }
        }
        return smallest
    }

    private func candidates(_ guest: GuestCase) -> [(inout GuestCase) -> Void] {
        var list: [(inout GuestCase) -> Void] = []
        for index in guest.contents.indices.reversed() { list.append { $0.contents.remove(at: index) } }
        for register in Register.allCases {
            let index = Int(register.rawValue)
            for value: UInt32 in [0, 1, guest.registers[index] & 0xFF, guest.registers[index] & 0xFFFF] {
                list.append { if $0.registers[index] > value { $0.registers[index] = value } }
            }
        }
        for bit in 0..<32 where bit != 1 && bit != 9 { list.append { $0.eflags &= ~(1 << bit) } }
        return list
    }
}

extension GuestCase {
    /// The case as Swift source, to be kept in `Cases`.
    var literal: String {
        let values = registers.map(hex).joined(separator: ", ")
        let bytes = code.map { hex(UInt32($0)) }.joined(separator: ", ")
        let patches = contents.map { ".init(address: \(hex($0.address)), bytes: \($0.bytes))" }.joined(separator: ", ")
        return "GuestCase(code: [\(bytes)], registers: [\(values)], eflags: \(hex(eflags)), contents: [\(patches)], "
            + "steps: \(steps), undefinedFlags: \(hex(undefinedFlags)))"
    }
}
