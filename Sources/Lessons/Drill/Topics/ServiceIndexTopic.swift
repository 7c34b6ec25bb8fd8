import LessonEngine

/// From the number to the entry of the dispatch table.
struct ServiceIndexTopic: DrillTopic {
    let name = "index"
    let summary = "the number's index in the dispatch table"

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let machine = try task.machine()
        let range: ClosedRange<UInt32> =
            switch task.level {
            case .basic: 0x1000...0x1FFF
            case .usual: 0x2000...0x3FFF
            case .hard: 0x1_0000...0x7FFF_FFFF
            }
        let number = task.draw.number(range)
        task.ask(
            "\(machine.title). A program puts \(DrillTask.hex(number)) into EAX and executes INT 2Eh. Which index does "
                + "the kernel compare with the limit of the table?")
        task.mistake(DrillTask.literal(number), "That is the whole number. Only bits 0 to 11 are the index.")
        task.mistake(
            DrillTask.literal(number & 0x3FFF), "Bits 12 and 13 are not part of the index: they choose the table.")
        task.mistake(DrillTask.literal(number & 0xFFFF), "16 bits are too many: the index has 12.")
        task.mistake(DrillTask.literal(number & 0xFF), "8 bits are too few: the index has 12.")
        task.mistake(DrillTask.literal(number & 0x1FFF), "13 bits are one too many: bit 12 helps to choose the table.")
        task.mistake(DrillTask.literal((number >> 12) & 3), "That is the number of the table.")
        task.explain(
            "The kernel keeps bits 0 to 11: `and eax, 0FFFh`. Bits 12 and 13 choose the table; the rest is ignored.")
        return task.value(
            "eax", on: machine, program: DrillProgram.interrupt(number: number), at: DrillTask.literal(machine.dispatch)
        )
    }
}
