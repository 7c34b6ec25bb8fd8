import Debugger
import X86

/// A few instructions of ring-3 code, and the state that they begin in: the same for our processor and for the oracle.
struct GuestCase: Sendable {
    /// The instructions; they lie at ``codeAddress``.
    var code: [UInt8]
    /// General registers, numbered as the processor encodes them.
    var registers = [UInt32](repeating: 0, count: 8)
    var eflags: UInt32 = Flags.interrupt | Flags.reserved
    /// What replaces the ``pattern`` in the data pages.
    var contents: [Content] = []
    /// How many instructions to execute; 0 means up to the code's end.
    var steps = 0
    /// Which flags the manual leaves undefined after the last instruction, so that they are not compared.
    var undefinedFlags: UInt32 = 0
    /// Which it leaves undefined after any of the instructions: a fault may strike before the last one.
    var undefinedOnTheWay: UInt32 = 0
    /// Whether it is one instruction, executed once: neither a sequence nor repeated.
    var isSingle = true
    /// Whether the manual makes it an invalid opcode, whatever the oracle says.
    var isInvalidOpcode = false

    struct Content: Hashable, Sendable {
        var address: UInt32
        var bytes: [UInt8]
    }

    static let codeAddress: UInt32 = 0x40_0000
    /// Two pages that are mapped, within reach of 16-bit addresses; no page beside them is.
    static let dataAddress: UInt32 = 0x8000
    static let dataSize: UInt32 = 0x2000
    static let dataEnd = dataAddress + dataSize

    /// What the data pages hold at the beginning of every case.
    static let pattern: [UInt8] = {
        var random = SeededNumbers(seed: 32)
        return (0..<dataSize).map { _ in UInt8(truncatingIfNeeded: random.next() >> 17) }
    }()

    /// Rounds of string instructions are bounded by the data pages, everything else by the code's length.
    static let mostSteps = 20_000

    /// What our processor makes of it.
    func onOurProcessor() throws -> GuestOutcome {
        guard let model = CPUModel.named("pentium2") else { throw OracleFailure(description: "no pentium2") }
        var request = SandboxRequest(model: model, code: code)
        request.origin = Self.codeAddress
        request.eflags = eflags
        request.stepLimit = steps == 0 ? Self.mostSteps : steps
        for register in Register.allCases { request.registers[register] = registers[Int(register.rawValue)] }
        request.maps = [.init(address: Self.dataAddress, size: Self.dataSize)]
        request.contents = [.init(address: Self.dataAddress, bytes: Self.pattern)]
        request.contents += contents.map { .init(address: $0.address, bytes: $0.bytes) }
        request.dumps = [.init(address: Self.dataAddress, size: Self.dataSize)]
        return GuestOutcome(try Sandbox.run(request))
    }

    /// The state before the first instruction, as a fault would show it.
    func unchanged(fault: GuestOutcome.Fault?) -> GuestOutcome {
        GuestOutcome(
            fault: fault, registers: registers, eflags: eflags, eip: Self.codeAddress,
            selectors: [0x23, 0x1B, 0x23, 0x23, 0x23, 0x23], memory: initialData)
    }

    /// The data pages before the first instruction.
    var initialData: [UInt8] {
        var data = Self.pattern
        for content in contents {
            let start = Int(content.address - Self.dataAddress)
            data.replaceSubrange(start..<start + content.bytes.count, with: content.bytes)
        }
        return data
    }

    /// What the code says in Intel syntax, one instruction after the other.
    var disassembly: String {
        var lines: [String] = []
        var offset = 0
        while offset < code.count {
            let line = Disassembler(.intel).disassemble(Array(code[offset...]), at: Self.codeAddress + UInt32(offset))
            lines.append(line.text)
            offset += max(1, Int(line.length))
        }
        return lines.joined(separator: "; ")
    }
}

/// The state that a case ends in.
struct GuestOutcome: Sendable {
    /// The exception that ended it; the registers are then those that its handler would see.
    var fault: Fault?
    var registers: [UInt32]
    var eflags: UInt32
    var eip: UInt32
    /// ES, CS, SS, DS, FS and GS.
    var selectors: [UInt32]
    /// The data pages.
    var memory: [UInt8]

    struct Fault: Hashable, Sendable {
        var vector: UInt8
        /// Of a page fault: whether it was a write's, and the address.
        var isWrite = false
        var address: UInt32?
    }

    init(
        fault: Fault?, registers: [UInt32], eflags: UInt32, eip: UInt32, selectors: [UInt32], memory: [UInt8]
    ) {
        self.fault = fault
        self.registers = registers
        self.eflags = eflags
        self.eip = eip
        self.selectors = selectors
        self.memory = memory
    }

    fileprivate init(_ result: SandboxResult) {
        if case .exception(let exception) = result.stop {
            fault = Fault(
                vector: exception.vector, isWrite: (exception.errorCode ?? 0) & 2 != 0, address: exception.address)
        }
        registers = Register.allCases.map { result.registers[$0] }
        eflags = result.registers.eflags
        eip = result.registers.eip
        selectors = SegmentName.allCases.map { UInt32(result.registers[$0]) }
        memory = result.dumps.first.flatMap { $0 } ?? []
    }
}

/// The oracle could not be asked.
struct OracleFailure: Error, CustomStringConvertible {
    let description: String
}
