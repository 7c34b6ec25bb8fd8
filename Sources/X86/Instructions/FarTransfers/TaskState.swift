/// A task-state segment: where it keeps what (SDM vol. 3, figures 7-2 and 7-10).
///
///     32-bit  0 link  04 ESP0 SS0 ... 1C CR3  20 EIP EFLAGS  28 EAX ... EDI  48 ES CS SS DS FS GS  60 LDT  64 T
///     16-bit  0 link  02 SP0  SS0 ...         0E IP  FLAGS   12 AX  ... DI   22 ES CS SS DS        2A LDT
struct TaskState {
    let base: UInt32
    private let limit: UInt32
    let isWide: Bool

    init(_ register: SegmentRegister) {
        base = register.base
        limit = register.limit
        isWide = register.attributes & 8 != 0
    }

    private var width: UInt32 { isWide ? 4 : 2 }
    /// The 16-bit TSS has no FS and GS.
    var segmentCount: Int { isWide ? 6 : 4 }

    var pageDirectory: UInt32 { base &+ 0x1C }
    var instructionPointer: UInt32 { base &+ (isWide ? 0x20 : 0x0E) }
    var flags: UInt32 { instructionPointer &+ width }
    var localTable: UInt32 { segment(segmentCount) }
    var trap: UInt32 { base &+ 0x64 }

    func register(_ number: Int) -> UInt32 {
        instructionPointer &+ width &* UInt32(truncatingIfNeeded: 2 + number)
    }

    func segment(_ number: Int) -> UInt32 { register(8 + number) }

    /// Last byte of what a task switch saves.
    var lastSaved: UInt32 { localTable &- 1 }
    /// Last byte of what a task switch needs.
    var last: UInt32 { isWide ? base &+ 0x67 : base &+ 0x2B }

    var hasRoomToSave: Bool { limit >= lastSaved &- base }
    var isComplete: Bool { limit >= last &- base }
}

/// What a TSS says about the task that is to run.
struct IncomingTask {
    var pageDirectory: UInt32?
    var eip: UInt32 = 0
    var flags: UInt32 = 0
    var registers = InlineArray<8, UInt32>(repeating: 0)
    var selectors = InlineArray<6, UInt16>(repeating: 0)
    var localTable: UInt16 = 0
    var hasTrap = false

    subscript(name: SegmentName) -> UInt16 { selectors[Int(name.rawValue)] }

    /// The ring that the task runs in.
    var ring: UInt8 { UInt8(self[.cs] & 3) }
}

extension CPU {
    /// Saves the current task: EIP, EFLAGS, the general registers and the selectors. CR3 and LDTR stay as they are.
    mutating func save<T: Tracer>(
        _ eip: UInt32, _ flags: UInt32, in state: TaskState, _ tracer: inout T
    ) throws(Exception) {
        try store(eip, at: state.instructionPointer, state, &tracer)
        try store(flags, at: state.flags, state, &tracer)
        for number in 0..<8 { try store(general[UInt8(number)], at: state.register(number), state, &tracer) }
        for name in SegmentName.allCases.prefix(state.segmentCount) {
            let selector = segments[name].selector
            try writeLinear(selector, state.segment(Int(name.rawValue)), user: false, &tracer)
        }
    }

    private mutating func store<T: Tracer>(
        _ value: UInt32, at linear: UInt32, _ state: TaskState, _ tracer: inout T
    ) throws(Exception) {
        if state.isWide { return try writeLinear(value, linear, user: false, &tracer) }
        try writeLinear(UInt16(truncatingIfNeeded: value), linear, user: false, &tracer)
    }

    mutating func readTask<T: Tracer>(_ state: TaskState, _ tracer: inout T) throws(Exception) -> IncomingTask {
        var task = IncomingTask()
        if state.isWide { task.pageDirectory = try readTask(UInt32.self, state.pageDirectory, &tracer) }
        task.eip = try fetch(state.instructionPointer, state, &tracer)
        task.flags = try fetch(state.flags, state, &tracer)
        // The manual leaves the upper halves open; QEMU and Bochs fill them with ones.
        let upper: UInt32 = state.isWide ? 0 : 0xFFFF_0000
        for number in 0..<8 { task.registers[number] = upper | (try fetch(state.register(number), state, &tracer)) }
        for number in 0..<state.segmentCount {
            task.selectors[number] = try readTask(UInt16.self, state.segment(number), &tracer)
        }
        task.localTable = try readTask(UInt16.self, state.localTable, &tracer)
        if state.isWide { task.hasTrap = try readTask(UInt16.self, state.trap, &tracer) & 1 != 0 }
        return task
    }

    private mutating func fetch<T: Tracer>(
        _ linear: UInt32, _ state: TaskState, _ tracer: inout T
    ) throws(Exception) -> UInt32 {
        state.isWide
            ? try readTask(UInt32.self, linear, &tracer) : UInt32(try readTask(UInt16.self, linear, &tracer))
    }
}
