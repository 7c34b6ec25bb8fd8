import Debugger
import Lessons
import X86

/// Memory, and the tables that the processor itself reads.
extension MachineShowText {
    var memory: [StyledText] {
        let title = row([("linear", 17), ("ring, may", 12), ("physical", 8), ("holds", 0)]).styled(.dim)
        return (isPlain ? [] : [title])
            + machine.memoryRegions().map { region in
                row([
                    ("\(Hex.digits(region.start))-\(Hex.digits(region.end))", 17),
                    ((region.isUser ? "user" : "kernel") + (region.isWritable ? " write" : " read"), 12),
                    (Hex.digits(region.physical), 8), (contents(region), 0),
                ])
            }
    }

    /// The section of the source that lies there, and the first symbol.
    private func contents(_ region: MemoryRegion) -> String {
        let section = portrait.file.sectionName(at: region.start)
        guard let section, section != region.symbol.map({ String($0.module) }) else {
            return region.symbol?.name ?? section ?? ""
        }
        return region.symbol.map { "\(section): \($0.baseName)" } ?? section
    }

    var descriptors: [StyledText] {
        let table = machine.cpu.gdtr
        return [row([("base \(Hex.digits(table.base)), limit \(Hex.manual(table.limit))", 0)])]
            + machine.segmentDescriptors().map { selector, entry in
                row([
                    (Hex.digits(UInt64(selector), width: 4), 4), (entry.kind, 14), ("DPL \(entry.dpl)", 5),
                    ("base \(Hex.digits(entry.base))", 13), ("limit \(Hex.digits(entry.limit))", 14),
                    (entry.isPresent ? "" : "not present", 0),
                ])
            }
    }

    /// Gates that INT n reaches from ring 3 each, the others in one sentence.
    var gates: [StyledText] {
        let table = machine.cpu.idtr
        let gates = machine.interruptGates()
        let open = gates.filter { $0.gate.dpl == 3 }
        let closed = gates.count - open.count
        return [row([("base \(Hex.digits(table.base)), limit \(Hex.manual(table.limit))", 0)])]
            + open.map { vector, gate in
                row([
                    (Hex.manual(vector), 4), (gate.kind, 14), ("DPL \(gate.dpl)", 5), (name(gate.gateOffset), 0),
                ])
            } + (closed == 0 ? [] : [row([("\(closed) more gates that INT n in ring 3 may not use", 0)])])
    }

    var task: [StyledText] {
        guard let stack = portrait.ring0Stack else { return [] }
        let task = machine.cpu.tr
        return [
            row([
                ("selector \(Hex.digits(UInt64(task.selector), width: 4))", 13), ("base \(Hex.digits(task.base))", 13),
                ("limit \(Hex.digits(task.limit))", 14),
                ("SS0:ESP0 \(Hex.digits(UInt64(stack.ss), width: 4)):\(Hex.digits(stack.esp))", 0),
            ])
        ]
    }
}
