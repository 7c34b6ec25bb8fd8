import Debugger
import LessonEngine

/// EDX at the door: where it points, and how far from there the arguments lie.
struct ArgumentPointerTopic: DrillTopic {
    let name = "edx"
    let summary = "where EDX points"

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let machine = try task.machine()
        var call = try task.call(on: machine)
        while call.arguments.isEmpty { call = try task.call(on: machine) }
        let room = task.draw.number(0...0x1F) * 4
        let program = DrillProgram.call(call.stub, call.arguments, before: ["sub esp, \(DrillTask.written(room))"])
        let stub = try stackAtStub(machine, call, program, task)
        let door = machine.doorIsInStub ? stub : stub &- 4
        task.explain(explanation(machine))
        if task.level == .hard { return try distance(machine, call, program, stub, &task) }
        if task.level == .basic {
            task.ask(
                "\(machine.title). At the first instruction of `\(call.service.name)`'s stub ESP is "
                    + "\(DrillTask.hex(stub)). What is in EDX at the kernel's first instruction?")
        } else {
            let before = stub &+ 4 &+ UInt32(call.arguments.count) * 4
            let pushes = call.arguments.count == 1 ? "1 argument" : "the \(call.arguments.count) arguments"
            task.ask(
                "\(machine.title). ESP is \(DrillTask.hex(before)) before a program pushes \(pushes) of "
                    + "`\(call.service.name)` and calls the stub. What is in EDX at the kernel's first instruction?")
        }
        mistakes(machine, stub: stub, door: door, &task)
        return task.value("edx", on: machine, program: program, at: DrillTask.literal(machine.entry.address))
    }

    private func stackAtStub(
        _ machine: DrillMachine, _ call: DrillTask.Call, _ program: String, _ task: DrillTask
    ) throws -> UInt32 {
        let request = TraceRequest(machine: machine.request(program: program), from: call.symbol)
        return try task.world.library.prepare(request).machine.cpu[.esp]
    }

    private func mistakes(_ machine: DrillMachine, stub: UInt32, door: UInt32, _ task: inout DrillTask) {
        let isInterrupt = machine.doorName == "INT 2Eh"
        task.mistake(
            DrillTask.literal(stub &+ 4),
            "The first argument lies there. MOV EDX, ESP adds nothing; the kernel adds 8 later.")
        task.mistake(
            DrillTask.literal(door),
            isInterrupt
                ? "That is ESP when INT 2Eh executes. LEA has stepped over the return "
                    + "address\(machine.doorIsInStub ? "" : "es")."
                : "That is ESP itself.")
        if door != stub {
            task.mistake(
                DrillTask.literal(stub),
                isInterrupt
                    ? "That steps over one return address. The stub has made a CALL of its own, so there are two."
                    : "That was ESP in the stub, whose CALL has pushed one more return address since.")
        }
        task.mistake(DrillTask.literal(door &+ 8), "Too far: count the return addresses that lie above ESP.")
        task.mistake("poi(edx)", "That is what EDX points to.")
    }

    private func explanation(_ machine: DrillMachine) -> String {
        switch (machine.doorName, machine.doorIsInStub) {
        case ("INT 2Eh", true):
            "The stub's LEA EDX, [ESP+4] steps over the one return address: EDX points to argument 1."
        case ("INT 2Eh", false):
            "The stub has made a CALL, so two return addresses lie above the arguments: LEA EDX, [ESP+8] steps "
                + "over both."
        default:
            "MOV EDX, ESP: the user's ESP as it is when \(machine.doorName) executes, two return addresses "
                + "below argument 1."
        }
    }

    private func distance(
        _ machine: DrillMachine, _ call: DrillTask.Call, _ program: String, _ stub: UInt32, _ task: inout DrillTask
    ) throws -> WrittenQuiz {
        let number = task.draw.number(1...UInt32(call.arguments.count))
        let address = stub &+ 4 &* number
        task.ask(
            "\(machine.title). A program calls `\(call.service.name)`, which takes "
                + "\(DrillTask.count(call.arguments.count, "argument")). How many bytes above EDX does argument "
                + "\(number) lie "
                + "at the kernel's first instruction?")
        let first = 4 &* (number &- 1)
        task.mistake("0n\(first)", "EDX would point to argument 1. Here it does not yet: the kernel adds 8 itself.")
        task.mistake("0n\(first &+ 4)", "You stepped over one return address. Count the CALLs that led to the door.")
        task.mistake("0n\(first &+ 8)", "The code before the INT has stepped over the return addresses already.")
        task.mistake("0n\(number)", "Each argument takes 4 bytes.")
        return task.value(
            "(\(DrillTask.literal(address)) - edx)", on: machine, program: program,
            at: DrillTask.literal(machine.entry.address))
    }
}
