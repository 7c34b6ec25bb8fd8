import Testing
import X86

/// A processor with descriptor tables, a TSS and a kernel stack, about to execute a few lines of assembly.
///
/// Physical and linear addresses are the same, with and without paging. Selectors: 08h and 10h are ring 0's code
/// and data, 18h and 20h ring 3's, 28h the TSS; 30h upwards are free. Vectors 0–1Fh have DPL-0 interrupt gates,
/// 3 and 4 DPL 3; 2Eh is a DPL-3 interrupt gate, 2Dh a DPL-3 trap gate, 21h a DPL-0 gate, 22h not present; the
/// IDT ends after vector 7Eh.
final class TestMachine {
    private var cpu: CPU
    private(set) var effects: [Effect] = []

    enum Place {
        static let gdt: UInt32 = 0x1000
        static let idt: UInt32 = 0x2000
        static let taskState: UInt32 = 0x3000
        static let boot: UInt32 = 0x4000
        /// ESP0 of the TSS, and ring 0's own ESP.
        static let kernelStack: UInt32 = 0x7000
        /// The handler of vector v begins at `handlers + 16 * v`; each is a HLT.
        static let handlers: UInt32 = 0x8000
        static let code: UInt32 = 0x1_0000
        static let data: UInt32 = 0x2_0000
        static let userStack: UInt32 = 0x3_0000
        static let directory: UInt32 = 0x4_0000
        static let table: UInt32 = 0x4_1000
    }

    /// Names for assembly text.
    static let symbols: [String: UInt32] = [
        "CODE": Place.code, "DATA": Place.data, "STACK": Place.userStack, "GDT": Place.gdt, "IDT": Place.idt,
        "TSS": Place.taskState, "TABLE": Place.table, "DIRECTORY": Place.directory,
    ]

    /// - Parameters:
    ///   - code: assembled at `CODE`, where the machine stops before the first instruction.
    ///   - ring: who executes it.
    ///   - paging: turns on paging, all pages open to everyone; the tables are at `DIRECTORY` and `TABLE`.
    ///   - setup: more ring-0 instructions before that, such as WRMSR.
    init(
        _ code: String, ring: Int = 0, model: String = "pentium3", paging: Bool = false, setup: String = ""
    ) throws {
        cpu = CPU(model: try #require(CPUModel.named(model)), memorySize: 1 << 20)
        installTables()
        load(try Self.assemble(code, at: Place.code), at: Place.code)
        load(try Self.assemble(Self.boot(ring: ring, paging: paging, setup: setup), at: Place.boot), at: Place.boot)
        cpu.eip = Place.boot
        let end = cpu.run(budget: 1000, until: Place.code)
        try #require(cpu.eip == Place.code, "the machine did not start: \(end)")
        for register in Register.allCases where register != .esp { cpu[register] = 0 }
    }

    static func assemble(_ text: String, at origin: UInt32) throws -> [UInt8] {
        try Assembler(file: "test.asm", source: text, origin: origin, symbols: symbols).assemble().bytes
    }

    private static func boot(ring: Int, paging: Bool, setup: String) -> String {
        """
        lgdt [gdt_register]
        lidt [idt_register]
        jmp 0x08:flat
        flat: mov eax, 0x10
        mov ss, ax
        mov ds, ax
        mov esp, \(Place.kernelStack)
        mov eax, 0x28
        ltr ax
        \(paging ? "mov eax, DIRECTORY\nmov cr3, eax\nmov eax, cr0\nor eax, 0x80010000\nmov cr0, eax" : "")
        \(setup)
        mov eax, \(ring == 3 ? 0x23 : 0x10)
        mov ds, ax
        mov es, ax
        \(ring == 3 ? "push 0x23\npush STACK\npush 2\npush 0x1B\npush CODE\niretd" : "push 2\npopfd\njmp CODE")
        align 4
        dw 0
        gdt_register: dw 0xFF
        dd GDT
        dw 0
        idt_register: dw \(0x7F * 8 - 1)
        dd IDT
        """
    }

    // MARK: Tables

    private func installTables() {
        let flat: [UInt64] = [
            0, 0x00CF_9B00_0000_FFFF, 0x00CF_9300_0000_FFFF, 0x00CF_FB00_0000_FFFF, 0x00CF_F300_0000_FFFF,
            0x0000_8900_3000_0067,
        ]
        for (index, descriptor) in flat.enumerated() { setDescriptor(UInt16(index * 8), descriptor) }
        for vector in UInt8(0)..<0x20 { setGate(vector, dpl: vector == 3 || vector == 4 ? 3 : 0) }
        setGate(0x21, dpl: 0)
        setGate(0x22, dpl: 3, isPresent: false)
        setGate(0x2D, dpl: 3, isTrap: true)
        setGate(0x2E, dpl: 3)
        store(Place.kernelStack, at: Place.taskState + 4)
        store(0x10, at: Place.taskState + 8)
        store(0x68 << 16, at: Place.taskState + 0x64)  // the I/O bitmap lies behind the limit
        for vector in UInt32(0)..<0x80 { load([0xF4], at: Place.handlers + 16 * vector) }
        store(Place.table | 7, at: Place.directory)
        for page in UInt32(0)..<256 { store(page << 12 | 7, at: Place.table + 4 * page) }
    }

    func setDescriptor(_ selector: UInt16, _ raw: UInt64) {
        let address = Place.gdt + UInt32(selector & ~7)
        store(UInt32(truncatingIfNeeded: raw), at: address)
        store(UInt32(truncatingIfNeeded: raw >> 32), at: address + 4)
    }

    func setGate(
        _ vector: UInt8, dpl: UInt32, isTrap: Bool = false, isPresent: Bool = true, selector: UInt32 = 0x08
    ) {
        let handler = Place.handlers + 16 * UInt32(vector)
        let access = (isPresent ? 0x80 : 0) | dpl << 5 | (isTrap ? 0xF : 0xE)
        store(selector << 16 | handler & 0xFFFF, at: Place.idt + 8 * UInt32(vector))
        store(handler & 0xFFFF_0000 | access << 8, at: Place.idt + 8 * UInt32(vector) + 4)
    }

    /// Changes a page's entry; translations that the processor remembers stay.
    func setPage(_ address: UInt32, _ bits: UInt32) { store(address & ~0xFFF | bits, at: entry(of: address)) }

    func page(_ address: UInt32) -> UInt32 { word(at: entry(of: address)) }

    private func entry(of address: UInt32) -> UInt32 { Place.table + (address >> 12) * 4 }

    // MARK: Memory

    func load(_ bytes: [UInt8], at address: UInt32) { cpu.loadPhysical(bytes, at: address) }

    func store(_ value: UInt32, at address: UInt32) {
        load((0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }, at: address)
    }

    func bytes(at address: UInt32, count: Int) -> [UInt8] { cpu.bytes(at: address, count: count) }

    func word(at address: UInt32) -> UInt32 {
        cpu.bytes(at: address, count: 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    // MARK: The processor's state

    subscript(register: Register) -> UInt32 {
        get { cpu[register] }
        set { cpu[register] = newValue }
    }

    var eip: UInt32 {
        get { cpu.eip }
        set { cpu.eip = newValue }
    }

    var eflags: UInt32 {
        get { cpu.eflags }
        set { cpu.eflags = newValue }
    }

    var cpl: UInt8 { cpu.cpl }
    var state: RegisterState { cpu.state }
    var instructionCount: UInt64 { cpu.instructionCount }
    var isHalted: Bool { cpu.isHalted }
    var isShutDown: Bool { cpu.isShutDown }
    var console: [UInt8] { cpu.console.bytes }
    var taskRegister: SegmentRegister { cpu.tr }

    func segment(_ name: SegmentName) -> SegmentRegister { cpu.segment(name) }
    func selector(_ name: SegmentName) -> UInt16 { cpu.segment(name).selector }
    func control(_ index: Int) -> UInt32? { cpu.controlRegister(index) }
    func debugRegister(_ index: Int) -> UInt32 { cpu.debugRegister(index) ?? 0 }

    // MARK: Recording

    func checkpoint() -> Checkpoint { cpu.checkpoint() }
    @discardableResult func restore(_ checkpoint: Checkpoint) -> Bool { cpu.restore(checkpoint) }
    @discardableResult func step(recording journal: Journal) -> StepOutcome { cpu.step(recording: journal) }
    @discardableResult func run(budget: Int, recording journal: Journal) -> (outcome: StepOutcome, steps: Int) {
        cpu.run(budget: budget, recording: journal)
    }
    @discardableResult func stepBack(_ journal: Journal, count: Int = 1) -> Int {
        cpu.stepBack(journal, count: count)
    }

    // MARK: Events from outside

    func requestInterrupt(_ vector: UInt8) { cpu.requestInterrupt(vector: vector) }
    func requestNMI() { cpu.requestNMI() }
    var awaitsInterrupt: Bool { cpu.awaitsInterrupt }

    // MARK: Running

    @discardableResult
    func step() -> StepOutcome {
        var recorder = EffectRecorder()
        let outcome = cpu.step(recording: &recorder)
        effects = recorder.effects
        return outcome
    }

    /// Steps until something other than plain execution happens.
    func run(budget: Int = 10_000) -> StepOutcome {
        for _ in 0..<budget {
            let outcome = step()
            if outcome != .executed { return outcome }
        }
        return .executed
    }

    /// Runs without recording, as a debugger does.
    func run(budget: Int, until stop: UInt32?) -> (outcome: StepOutcome, steps: Int) {
        cpu.run(budget: budget, until: stop)
    }

    /// Runs as a debugger does, and records what happens.
    func runRecording(budget: Int) {
        var recorder = EffectRecorder()
        _ = cpu.run(budget: budget, recording: &recorder)
        effects = recorder.effects
    }

    /// The dwords on top of the current stack.
    func stack(_ count: Int) -> [UInt32] { (0..<UInt32(count)).map { word(at: cpu[.esp] &+ 4 * $0) } }

    static func handler(_ vector: UInt8) -> UInt32 { Place.handlers + 16 * UInt32(vector) }
}

extension StepOutcome {
    /// The exception that was delivered, if any.
    var exception: Exception? {
        if case .exception(let exception) = self { exception } else { nil }
    }
}

extension [Effect] {
    /// Reads of memory and descriptor tables, by purpose.
    var reads: [Effect.Purpose] {
        compactMap { if case .read(_, _, _, let purpose) = $0 { purpose } else { nil } }
    }

    /// Addresses of writes, in order.
    var writes: [UInt32] {
        compactMap { if case .write(let address, _, _, _) = $0 { address } else { nil } }
    }

    /// Whether nothing touched memory, not even page tables.
    var touchNoMemory: Bool {
        allSatisfy {
            switch $0 {
            case .read, .write, .pageWalk, .pageMark: false
            default: true
            }
        }
    }
}
