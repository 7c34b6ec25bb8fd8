import Testing
import X86

/// Our processor and QEMU executing one image side by side, compared before every instruction.
struct Lockstep: ~Copyable {
    /// What ended the comparison.
    enum End {
        /// HLT in ring 0.
        case halted
        /// Both were reset by a triple fault.
        case shutdown
        case budget
    }

    private var ours: CPU
    private let qemu: QEMU
    private var comparison: Comparison
    private let title: String
    private var last: (address: UInt32, code: [UInt8]) = (0, [])
    /// Instructions compared so far.
    private(set) var steps = 0

    /// - Parameters:
    ///   - title: names the comparison in messages.
    ///   - cpu: the value of QEMU's `-cpu`.
    init(title: String, bytes: [UInt8], image: MultibootImage, model: CPUModel, cpu: String) throws {
        let qemu = try QEMU(image: bytes, entry: image.entry, cpu: cpu)
        let comparison = Comparison(entry: try qemu.state())
        self.title = title
        self.qemu = qemu
        self.comparison = comparison
        ours = image.boot(on: model)
        for register in Register.allCases { ours[register] = comparison.theirs[register] }
        ours.eflags = comparison.theirs.eflags
    }

    /// Steps both until the image ends.
    /// - Throws: the first difference.
    mutating func run(budget: Int) throws -> End {
        while steps < budget {
            let code = ours.bytes(at: ours.linearEIP, count: 15)
            try comparison.check(ours.state, after: place)
            if code.first == 0xF4, ours.cpl == 0 { return .halted }
            steps += 1
            last = (ours.linearEIP, code)
            if ours.step() == .shutdown {
                let state = try? qemu.step(from: comparison.theirs)
                guard state == nil else { throw GDBRemote.Failure(description: "only we shut down: \(title)") }
                return .shutdown
            }
            do { try follow(code) } catch { throw GDBRemote.Failure(description: "\(place): \(error)") }
        }
        return .budget
    }

    private mutating func follow(_ code: [UInt8]) throws {
        comparison.theirs = try qemu.step(from: comparison.theirs)
        // QEMU takes one more step to leave a repeated string instruction.
        if isRepeated(code), comparison.theirs.eip != ours.eip {
            comparison.theirs = try qemu.step(from: comparison.theirs)
        }
        if !isRepeated(code), comparison.theirs.eip != ours.eip { try enterBreakpointHandler() }
        comparison.excuse(ours.state, after: code)
    }

    /// QEMU enters the handler of an instruction breakpoint with the step before; we take a step of our own.
    /// - Throws: the difference, if it is another one.
    private mutating func enterBreakpointHandler() throws {
        let before = ours.state
        guard case .exception(let exception) = ours.step(), exception.check == .instructionBreakpoint else {
            return try comparison.check(before, after: place)
        }
    }

    private func isRepeated(_ code: [UInt8]) -> Bool {
        let prefixes: [UInt8] = [0xF2, 0xF3, 0x66, 0x67, 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65]
        return code.prefix { prefixes.contains($0) }.contains { $0 == 0xF2 || $0 == 0xF3 }
    }

    /// Physical memory that differs: addresses that count in dwords from the start of the range.
    func differences(in memory: Range<UInt32>) throws -> [(address: UInt32, ours: UInt32, theirs: UInt32)] {
        let left = words(ours.bytes(at: memory.lowerBound, count: memory.count))
        let right = words(try qemu.memory(memory))
        guard left.count == right.count else { throw GDBRemote.Failure(description: "\(title): memory is missing") }
        return left.indices.filter { left[$0] != right[$0] }.map {
            (memory.lowerBound + UInt32($0) * 4, left[$0], right[$0])
        }
    }

    private func words(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { offset in
            bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    /// The instruction that was executed last.
    private var place: String {
        let text = Disassembler(.intel).disassemble(last.code, at: last.address).text
        return "step \(steps) of \(title), \(String(last.address, radix: 16))h \(text)"
    }
}

/// Compares register states. A register that holds two values which the sides may answer differently, as loaded
/// or copied, is excused; anything computed from them is not.
private struct Comparison {
    var theirs: RegisterState
    private var excused: Set<[UInt32]> = []
    private var excusesResumeFlag = false

    init(entry: RegisterState) { theirs = entry }

    /// - CPUID: feature bits are the model's, and TCG has its own idea of them.
    /// - LAR: bits 16 to 19 are undefined (SDM vol. 2); we and Bochs give the limit's, QEMU zeros.
    /// - IRETD: RF is set in the flags that a fault saves (SDM vol. 3, 17.3.1.1); QEMU 7.2 leaves it out. What
    ///   IRETD then loads holds for one instruction.
    mutating func excuse(_ ours: RegisterState, after code: [UInt8]) {
        excusesResumeFlag = code.first == 0xCF
        let isIdentification = code.starts(with: [0x0F, 0xA2])
        guard isIdentification || code.starts(with: [0x0F, 0x02]) else { return }
        let undefined: UInt32 = isIdentification ? .max : 0xF_0000
        for register in Register.allCases where (ours[register] ^ theirs[register]) & ~undefined == 0 {
            excused.insert([ours[register], theirs[register]])
        }
    }

    func check(_ ours: RegisterState, after place: @autoclosure () -> String) throws {
        var expected = theirs
        for register in Register.allCases where excused.contains([ours[register], theirs[register]]) {
            expected[register] = ours[register]
        }
        if excusesResumeFlag, ours.eflags == expected.eflags | 0x1_0000 { expected.eflags = ours.eflags }
        if ours != expected { throw GDBRemote.Failure(description: "\(place()): \(differences(ours, expected))") }
    }

    private func differences(_ ours: RegisterState, _ expected: RegisterState) -> String {
        var list: [(String, UInt32, UInt32)] = [
            ("eip", ours.eip, expected.eip), ("eflags", ours.eflags, expected.eflags),
        ]
        list += Register.allCases.map { ($0.name, ours[$0], expected[$0]) }
        list += SegmentName.allCases.map { ($0.name, UInt32(ours[$0]), UInt32(expected[$0])) }
        return list.filter { $0.1 != $0.2 }.map { "\($0.0) \(hex($0.1)), QEMU \(hex($0.2))" }.joined(separator: "; ")
    }

    private func hex(_ value: UInt32) -> String { String(value, radix: 16, uppercase: true) + "h" }
}
