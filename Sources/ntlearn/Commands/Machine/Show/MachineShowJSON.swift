import Debugger
import Lessons
import X86

/// The object of `ntlearn machine show --json`: a contract, see docs/commands.md.
enum MachineShowJSON {
    static func line(_ portrait: MachinePortrait) -> JSONLine {
        JSONLine { line in
            line.string("name", portrait.file.name)
            line.string("title", portrait.file.title)
            line.string("cpu", portrait.model.name)
            line.object("boot") { $0.boot(portrait) }
            line.call(portrait.call)
            line.objects("msrs", portrait.msrs) { line, msr in
                line.hex("msr", msr.index)
                line.string("name", msr.name)
                line.hex("value", msr.value)
            }
            line.objects("services", portrait.serviceTables) { $0.table($1) }
            line.objects("memory", portrait.machine.memoryRegions()) { $0.region($1, portrait.file) }
            line.objects("gdt", portrait.machine.segmentDescriptors()) { $0.segment($1.selector, $1.descriptor) }
            line.objects("idt", portrait.machine.interruptGates()) { line, entry in
                line.gate(entry.vector, entry.gate, portrait.machine)
            }
            line.tss(portrait)
        }
    }
}

extension JSONLine {
    fileprivate mutating func boot(_ portrait: MachinePortrait) {
        let boot = portrait.boot
        string("end", Self.word(boot.end))
        integer("steps", boot.steps)
        objects("cpuid", boot.identifications) { line, result in
            line.hex("leaf", result.leaf)
            line.hex("eax", result.eax)
            line.hex("ebx", result.ebx)
            line.hex("ecx", result.ecx)
            line.hex("edx", result.edx)
        }
        objects("decisions", boot.decisions) { line, decision in
            line.hex("address", decision.address)
            line.string("test", decision.test)
            line.string("jump", decision.jump)
            line.hex("target", decision.target)
            line.bool("taken", decision.isTaken)
        }
        strings("routines", boot.routines)
        string("reason", portrait.reason)
    }

    private static func word(_ end: BootRecord.End) -> String {
        switch end {
        case .ring3: "ring3"
        case .halted: "halted"
        case .shutdown: "shutdown"
        case .budget: "max-steps"
        }
    }

    fileprivate mutating func call(_ call: CallPath?) {
        objects("way_in", call?.wayIn ?? []) { $0.instruction($1) }
        string("entry", call?.entry.location?.description)
        objects("way_out", (call?.exit).map { [$0] } ?? []) { $0.instruction($1) }
        objects("way_back", call?.wayBack ?? []) { $0.instruction($1) }
    }

    private mutating func instruction(_ step: TraceStep) {
        hex("eip", step.before.eip)
        string("symbol", step.location?.symbol.name)
        string("bytes", Hex.digits(step.bytes))
        string("text", step.code.text)
    }

    fileprivate mutating func table(_ table: ServiceTables.Table) {
        integer("table", Int(table.index))
        hex("base", table.base)
        integer("limit", Int(table.limit))
        hex("argument_table", table.argumentTable)
        objects("named", table.named) { line, service in
            line.hex("number", service.number)
            line.string("name", service.routine)
            line.integer("argument_bytes", Int(service.argumentBytes))
        }
    }

    fileprivate mutating func region(_ region: MemoryRegion, _ file: MachineFile) {
        hex("address", region.start)
        hex("size", region.size)
        hex("physical", region.physical)
        bool("user", region.isUser)
        bool("writable", region.isWritable)
        string("section", file.sectionName(at: region.start))
        string("symbol", region.symbol?.name)
    }

    fileprivate mutating func segment(_ selector: UInt16, _ descriptor: Descriptor) {
        hex("selector", selector)
        string("type", descriptor.kind)
        hex("base", descriptor.base)
        hex("limit", descriptor.limit)
        integer("dpl", Int(descriptor.dpl))
        bool("present", descriptor.isPresent)
    }

    fileprivate mutating func gate(_ vector: UInt8, _ gate: Descriptor, _ machine: Machine) {
        hex("vector", vector)
        string("type", gate.kind)
        hex("selector", gate.gateSelector)
        hex("offset", gate.gateOffset)
        integer("dpl", Int(gate.dpl))
        string("symbol", machine.symbols.location(of: UInt64(gate.gateOffset))?.description)
    }

    fileprivate mutating func tss(_ portrait: MachinePortrait) {
        let task = portrait.machine.cpu.tr
        object("tss") { line in
            line.hex("selector", task.selector)
            line.hex("base", task.base)
            line.hex("limit", task.limit)
            line.hex("ss0", portrait.ring0Stack?.ss)
            line.hex("esp0", portrait.ring0Stack?.esp)
        }
    }
}
