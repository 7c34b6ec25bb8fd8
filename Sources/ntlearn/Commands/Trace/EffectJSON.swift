import X86

extension JSONLine {
    /// The members of one effect; docs/commands.md has the same as a table.
    mutating func effect(_ effect: Effect) {
        switch effect {
        case .read(let address, let size, let value, let purpose): read(address, size, value, purpose)
        case .write(let address, let size, let old, let new): write(address, size, old, new)
        case .pageWalk(let entry, let value): found("page-walk", "entry", entry, UInt64(value))
        case .pageMark(let entry, let old, let new): changed("page-mark", "entry", entry, UInt64(old), UInt64(new))
        case .readMSR(let index, let value): found("msr-read", "msr", index, value)
        case .writeMSR(let index, let old, let new): changed("msr-write", "msr", index, old, new)
        case .loadSegment(let name, let selector, let base, let limit, let dpl, let fixed):
            segment(name, selector, base, limit, dpl, fixed)
        case .checkGate(let vector, let dpl, let cpl, let software): gate(vector, dpl, cpl, software)
        case .checkCallGate(let selector, let dpl, let cpl): gate("call-gate-check", selector, dpl, cpl)
        case .checkTaskGate(let selector, let dpl, let cpl): gate("task-gate-check", selector, dpl, cpl)
        case .switchTask(let from, let to, let cause): tasks(from, to, cause)
        case .switchStack(let oldSS, let oldESP, let newSS, let newESP): stacks((oldSS, oldESP), (newSS, newESP))
        case .changeRing(let from, let to): rings(from, to)
        case .changeFlags(let old, let new): flags(old, new)
        case .writeControl(let index, let old, let new): control(index, old, new)
        case .input(let number, let size, let value): port("port-in", number, size, value)
        case .output(let number, let size, let value): port("port-out", number, size, value)
        case .raise(let exception): raise(exception)
        case .interrupt(let vector): interrupt(vector)
        }
    }

    // MARK: Memory and model-specific registers

    private mutating func read(_ address: UInt32, _ size: UInt8, _ value: UInt64, _ purpose: Effect.Purpose) {
        string("kind", "read")
        hex("address", address)
        integer("size", Int(size))
        hex("value", value)
        string("purpose", purpose.rawValue)
    }

    private mutating func write(_ address: UInt32, _ size: UInt8, _ old: UInt64, _ new: UInt64) {
        string("kind", "write")
        hex("address", address)
        integer("size", Int(size))
        hex("old", old)
        hex("new", new)
    }

    private mutating func found(_ kind: String, _ key: String, _ place: UInt32, _ value: UInt64) {
        string("kind", kind)
        hex(key, place)
        hex("value", value)
    }

    private mutating func changed(_ kind: String, _ key: String, _ place: UInt32, _ old: UInt64, _ new: UInt64) {
        string("kind", kind)
        hex(key, place)
        hex("old", old)
        hex("new", new)
    }

    // MARK: Protection

    private mutating func segment(
        _ name: SegmentName, _ selector: UInt16, _ base: UInt32, _ limit: UInt32, _ dpl: UInt8, _ fixed: Bool
    ) {
        string("kind", "segment-load")
        string("segment", name.name)
        hex("selector", selector)
        hex("base", base)
        hex("limit", limit)
        integer("dpl", Int(dpl))
        bool("fixed", fixed)
    }

    private mutating func gate(_ vector: UInt8, _ dpl: UInt8, _ cpl: UInt8, _ software: Bool) {
        string("kind", "gate-check")
        integer("vector", Int(vector))
        integer("dpl", Int(dpl))
        integer("cpl", Int(cpl))
        bool("software", software)
    }

    private mutating func gate(_ kind: String, _ selector: UInt16, _ dpl: UInt8, _ cpl: UInt8) {
        string("kind", kind)
        hex("selector", selector)
        integer("dpl", Int(dpl))
        integer("cpl", Int(cpl))
    }

    private mutating func tasks(_ from: UInt16, _ to: UInt16, _ cause: Effect.TaskSwitchCause) {
        string("kind", "task-switch")
        hex("from", from)
        hex("to", to)
        string("cause", cause.rawValue)
    }

    private mutating func stacks(_ old: (ss: UInt16, esp: UInt32), _ new: (ss: UInt16, esp: UInt32)) {
        string("kind", "stack-switch")
        for (key, stack) in [("old", old), ("new", new)] {
            object(key) { line in
                line.hex("ss", stack.ss)
                line.hex("esp", stack.esp)
            }
        }
    }

    private mutating func rings(_ from: UInt8, _ to: UInt8) {
        string("kind", "ring-change")
        integer("from", Int(from))
        integer("to", Int(to))
    }

    // MARK: Flags, control registers, ports, exceptions

    private mutating func flags(_ old: UInt32, _ new: UInt32) {
        string("kind", "flags-change")
        hex("old", old)
        hex("new", new)
    }

    private mutating func control(_ index: UInt8, _ old: UInt32, _ new: UInt32) {
        string("kind", "control-write")
        string("register", "cr\(index)")
        hex("old", old)
        hex("new", new)
    }

    private mutating func port(_ kind: String, _ number: UInt16, _ size: UInt8, _ value: UInt32) {
        string("kind", kind)
        hex("port", number)
        integer("size", Int(size))
        hex("value", value)
    }

    private mutating func raise(_ exception: Exception) {
        string("kind", "exception")
        integer("vector", Int(exception.vector.rawValue))
        string("mnemonic", exception.vector.mnemonic)
        hex("error", exception.errorCode)
        hex("address", exception.address)
        string("reason", exception.check.explanation)
    }

    private mutating func interrupt(_ vector: UInt8) {
        string("kind", "interrupt")
        integer("vector", Int(vector))
    }
}
