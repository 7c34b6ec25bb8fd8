import X86

/// A sample of an instruction, executed again and again with random registers, flags and data.
struct InstructionTrial {
    private let machine: TestMachine
    private let sample: String
    private let ring: UInt8

    /// What one execution of the sample's last line did.
    enum Outcome {
        /// EFLAGS before and after.
        case completed(old: UInt32, new: UInt32)
        /// The first exception that it raised, whatever its delivery raised in turn.
        case refused(Exception)
        /// A line before it faulted, or the machine cannot go on.
        case nothing
    }

    /// The flags that a trial varies. TF and RF end with the instruction by themselves, and VM cannot be set.
    static let watched =
        Flags.status | Flags.interrupt | Flags.direction | Flags.ioPrivilege | Flags.nestedTask
        | Flags.alignmentCheck | Flags.identification

    private static let corners: [UInt32] = [
        0, 1, 0x10, 0x7F, 0x80, 0x7FFF, 0x8000, 0x7FFF_FFFF, 0x8000_0000, .max,
    ]

    /// - Parameter hasTrapGates: vectors 1, 3 and 4 lead through trap gates instead of interrupt gates.
    init(_ sample: String, ring: UInt8 = 0, hasTrapGates: Bool = false) throws {
        machine = try TestMachine(sample, ring: Int(ring), model: "athlon", setup: SystemCallSetup.both)
        machine.setDescriptor(0x30, 0x0000_8900_3000_0067)  // another TSS, for LTR
        for vector in [UInt8(1), 3, 4] where hasTrapGates { machine.setGate(vector, dpl: 3, isTrap: true) }
        self.sample = sample
        self.ring = ring
    }

    func run(_ generator: inout SeededGenerator) -> Outcome {
        guard machine.cpl == ring, !machine.isHalted, !machine.isShutDown else { return .nothing }
        randomize(&generator)
        let old = UInt32.random(in: 0 ... .max, using: &generator) & Self.watched | Flags.reserved
        machine.eip = TestMachine.Place.code
        machine.eflags = old
        let count = sample.split(separator: "\n").count
        for _ in 1..<count where machine.step() != .executed { return .nothing }
        let outcome = machine.step()
        if let exception = machine.firstRefusal { return .refused(exception) }
        return outcome == .executed ? .completed(old: old, new: machine.eflags) : .nothing
    }

    private func randomize(_ generator: inout SeededGenerator) {
        func corner() -> UInt32 { Self.corners.randomElement(using: &generator) ?? 0 }
        for register in [Register.eax, .ecx, .edx] {
            let anything = UInt32.random(in: 0 ... .max, using: &generator)
            machine[register] = Bool.random(using: &generator) ? corner() : anything
        }
        for register in [Register.ebx, .esi, .ebp] { machine[register] = TestMachine.Place.data + 0x800 }
        machine[.edi] = TestMachine.Place.data + 0x804
        machine[.esp] = ring == 3 ? TestMachine.Place.userStack : TestMachine.Place.kernelStack
        for offset in stride(from: UInt32(0x7F8), to: 0x810, by: 4) {
            machine.store(corner(), at: TestMachine.Place.data + offset)
        }
    }
}

extension TestMachine {
    /// The first exception that the last step raised.
    var firstRefusal: Exception? {
        effects.lazy.compactMap { if case .raise(let exception) = $0 { exception } else { nil } }.first
    }
}

extension FaultRule {
    func matches(_ exception: Exception) -> Bool {
        guard vector == exception.vector, check == exception.check else { return false }
        switch errorCode {
        case .none: return exception.errorCode == nil
        case .zero: return exception.errorCode == 0
        case .selector: return exception.errorCode.map { $0 != 0 && $0 & 3 == 0 } ?? false
        case .gate: return exception.errorCode.map { $0 & 7 == 2 } ?? false
        case .page: return exception.errorCode.map { $0 < 16 } ?? false
        }
    }
}
