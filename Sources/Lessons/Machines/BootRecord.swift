import Debugger
import X86

/// What a machine did from its first instruction to its first one in ring 3, as far as it decides the way into the
/// kernel. Everything in it was executed.
public struct BootRecord: Sendable {
    /// A CPUID that the boot code executed.
    public struct Identification: Hashable, Sendable {
        /// EAX before.
        public let leaf: UInt32
        /// The registers after.
        public let eax, ebx, ecx, edx: UInt32
    }

    /// A conditional jump of the boot code behind its first CPUID.
    public struct Decision: Hashable, Sendable {
        /// Address of the jump.
        public let address: UInt32
        /// The last instruction before it that is no jump, and the jump.
        public let test, jump: String
        /// The jump's mnemonic.
        public let mnemonic: String
        /// Where the jump leads if it is taken.
        public let target: UInt32?
        /// Whether it jumped.
        public let isTaken: Bool
    }

    /// An MSR that the boot code wrote.
    public struct MSRWrite: Hashable, Sendable {
        /// Number.
        public let index: UInt32
        /// What was written.
        public let value: UInt64
    }

    /// An exception during the boot.
    public struct Fault: Hashable, Sendable {
        /// What was raised.
        public let exception: Exception
        /// Address of the instruction.
        public let address: UInt32
    }

    /// How the boot ended.
    public enum End: Hashable, Sendable {
        case ring3, halted, shutdown, budget
    }

    /// In the order of execution.
    public private(set) var identifications: [Identification] = []
    /// In the order of execution, up to the first MSR written or code copied.
    public private(set) var decisions: [Decision] = []
    /// In the order of execution.
    public private(set) var msrWrites: [MSRWrite] = []
    /// The routines that were entered from the first CPUID on, each once.
    public private(set) var routines: [String] = []
    /// The first exception, if there was one.
    public private(set) var fault: Fault?
    /// Instructions executed.
    public private(set) var steps = 0
    /// How it ended.
    public private(set) var end = End.budget

    private var last: TraceStep?
    private var isDecided = false

    /// Boots a machine; afterwards it stands before its first instruction in ring 3, or has stopped.
    public init(_ machine: Machine, budget: Int = BootRecord.budget) {
        while steps < budget, end == .budget {
            guard !machine.hasStopped else {
                end = machine.cpu.isShutDown ? .shutdown : .halted
                return
            }
            guard machine.cpu.cpl < 3 else {
                end = .ring3
                return
            }
            let step = machine.step()
            steps += 1
            add(step, after: machine.cpu.state)
            // A jump sets no flags: the test before it still counts.
            if !step.code.mnemonic.hasPrefix("j") { last = step }
        }
    }

    /// A boot takes about a thousand steps.
    public static let budget = 300_000

    private mutating func add(_ step: TraceStep, after: RegisterState) {
        if let exception = step.exception, fault == nil {
            fault = Fault(exception: exception, address: step.address)
        }
        for case .writeMSR(let index, _, let new) in step.effects {
            msrWrites.append(MSRWrite(index: index, value: new))
            isDecided = true
        }
        if step.code.mnemonic == "cpuid" {
            identifications.append(
                Identification(
                    leaf: step.before[.eax], eax: after[.eax], ebx: after[.ebx], ecx: after[.ecx], edx: after[.edx]))
        }
        guard !identifications.isEmpty else { return }
        if let location = step.location, !routines.contains(location.symbol.name) {
            routines.append(location.symbol.name)
        }
        if step.code.mnemonic.hasPrefix("movs"), step.code.text.hasPrefix("rep") { isDecided = true }
        decide(step, after)
    }

    private mutating func decide(_ step: TraceStep, _ after: RegisterState) {
        let mnemonic = step.code.mnemonic
        guard !isDecided, mnemonic.hasPrefix("j"), mnemonic != "jmp", let test = last else { return }
        decisions.append(
            Decision(
                address: step.address, test: test.code.text, jump: step.code.text, mnemonic: mnemonic,
                target: step.code.target,
                isTaken: after.eip != step.before.eip &+ UInt32(step.code.length)))
    }
}
