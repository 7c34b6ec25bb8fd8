import Debugger
import LessonEngine

/// EAX at the door: the service number, read from a stub, from its bytes, or put together from table and index.
struct ServiceNumberTopic: DrillTopic {
    let name = "eax"
    let summary = "the service number in EAX"

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let machine = try task.machine()
        let call = try task.call(on: machine, table: task.level == .hard ? 1 : 0, arguments: 4)
        let number = call.service.number
        task.ask(try ask(call, machine, task))
        task.mistake("edx", "That is EDX: it leads to the arguments, not to the service.")
        task.mistake("0x7FFE0300", "That is where the stub calls, and it goes to EDX.")
        task.mistake("0n\(call.bytes)", "These are the bytes of its arguments, which RET takes off the stack.")
        if task.level == .hard {
            task.mistake(
                "\(DrillTask.literal(number & 0xFFF))", "That is the index alone: bits 12 and 13 choose the table.")
            task.mistake(
                "2000 + \(DrillTask.literal(number & 0xFFF))", "That would be table 2. Tables are counted from 0.")
        } else {
            task.mistake(
                DrillTask.literal(number.byteSwapped),
                "In memory the lowest byte comes first: read the four from the end.")
        }
        task.explain(
            "The stub's `mov eax` loads the number, and nothing on the way into ring 0 changes it: "
                + "\(DrillTask.hex(number)) is table \(number >> 12), index \(DrillTask.hex(number & 0xFFF)).")
        return task.value(
            "eax", on: machine, program: DrillProgram.call(call.stub, call.arguments),
            at: DrillTask.literal(machine.entry.address))
    }

    private func ask(_ call: DrillTask.Call, _ machine: DrillMachine, _ task: DrillTask) throws -> String {
        let place = "when the kernel's first instruction is about to execute?"
        let stub = try task.world.code(of: call.symbol, on: machine)
        switch task.level {
        case .basic:
            return "\(machine.title). A program calls this stub:\n\n"
                + DrillTask.listing(stub.map { ($0.address, $0.code) })
                + "\n\nWhat is in EAX \(place)"
        case .usual:
            let bytes = stub.flatMap(\.bytes).map { DrillTask.byte($0) }.joined(separator: " ")
            return "\(machine.title). The stub of `\(call.service.name)` is these bytes:\n\n" + DrillTask.code([bytes])
                + "\n\nA program calls it. What is in EAX \(place)"
        case .hard:
            let index = call.service.number & 0xFFF
            return
                "\(machine.title). `\(call.service.name)` is entry \(DrillTask.hex(index)) of win32k's table, which is "
                + "table 1. A program calls it. What is in EAX \(place)"
        }
    }
}

extension DrillTask {
    /// Two digits.
    static func byte(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
}
