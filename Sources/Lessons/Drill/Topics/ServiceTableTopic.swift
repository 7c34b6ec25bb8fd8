import LessonEngine

/// From the number to one of the four tables, and back.
struct ServiceTableTopic: DrillTopic {
    let name = "table"
    let summary = "which of the four tables a number chooses"

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let machine = try task.machine()
        switch task.level {
        case .basic: return table(task.draw.number(0...0x3FFF), machine, &task)
        case .usual: return offset(task.draw.number(0...0x3FFF), machine, &task)
        case .hard:
            if task.draw.coin() { return number(machine, &task) }
            return offset(task.draw.number(0x4000...0x7FFF_FFFF), machine, &task)
        }
    }

    /// When the dispatcher has the index, ECX still holds the offset of the table's descriptor.
    private func table(_ number: UInt32, _ machine: DrillMachine, _ task: inout DrillTask) -> WrittenQuiz {
        task.ask(
            "\(machine.title). A program puts \(DrillTask.hex(number)) into EAX and executes INT 2Eh. Which of "
                + "the tables "
                + "0 to 3 does the kernel look into?")
        task.mistake("\(number & 3)", "Those are bits 0 and 1. The table is chosen by bits 12 and 13.")
        task.mistake("\((number >> 8) & 3)", "Those are bits 8 and 9. The table is chosen by bits 12 and 13.")
        task.mistake("\(((number >> 12) & 3) + 1)", "Tables are counted from 0.")
        task.explain("Bits 12 and 13 choose the table: the first hexadecimal digit of a number with four.")
        return asked("ecx / 10", number, machine, &task)
    }

    private func offset(_ number: UInt32, _ machine: DrillMachine, _ task: inout DrillTask) -> WrittenQuiz {
        task.ask(
            "\(machine.title). A program puts \(DrillTask.hex(number)) into EAX and executes INT 2Eh. How many bytes "
                + "behind the first descriptor of the thread's tables does the one lie that the kernel uses?")
        task.mistake("\((number >> 12) & 3)", "That is the number of the table. A descriptor takes 10h bytes.")
        task.mistake(
            DrillTask.literal((number >> 8) & 0xF0), "Only bits 12 and 13 choose the table: mask with 30h, not F0h.")
        task.mistake(
            DrillTask.literal(((number >> 12) & 3) * 4), "A descriptor holds four doublewords, not one: 10h bytes.")
        task.mistake(
            DrillTask.literal(((number >> 12) & 3) * 8), "A descriptor holds four doublewords, not two: 10h bytes.")
        task.explain("The offset is (n >> 8) & 30h: the table's number times the 10h bytes of a descriptor.")
        return asked("ecx", number, machine, &task)
    }

    private func number(_ machine: DrillMachine, _ task: inout DrillTask) -> WrittenQuiz {
        let table = task.draw.number(1...3)
        let index = task.draw.number(1...0xFFE)
        let number = table << 12 | index
        task.ask(
            "\(machine.title). What is the smallest number in EAX that makes the kernel look for entry "
                + "\(DrillTask.hex(index)) of table \(table)?")
        task.mistake(DrillTask.literal(index), "That is entry \(DrillTask.hex(index)) of table 0.")
        task.mistake(DrillTask.literal(table << 8 | index), "The table's bits begin above the 12 bits of the index.")
        task.mistake(DrillTask.literal((table + 1) << 12 | index), "Tables are counted from 0.")
        task.mistake(DrillTask.literal(table << 16 | index), "Bit 16 is ignored: the table's bits are 12 and 13.")
        task.explain("The number is table * 1000h + index.")
        let isIt = "(eax == \(DrillTask.literal(index))) * (ecx == \(DrillTask.literal(table << 4)))"
        return asked("\(DrillTask.literal(number)) * \(isIt)", number, machine, &task)
    }

    private func asked(
        _ answer: String, _ number: UInt32, _ machine: DrillMachine, _ task: inout DrillTask
    ) -> WrittenQuiz {
        task.value(
            answer, on: machine, program: DrillProgram.interrupt(number: number),
            at: DrillTask.literal(machine.dispatch))
    }
}
