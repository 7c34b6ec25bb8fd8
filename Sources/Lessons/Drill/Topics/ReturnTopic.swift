import Debugger
import LessonEngine
import X86

/// What returns where: the instruction behind the kernel's exit, and the stub's RET.
struct ReturnTopic: DrillTopic {
    let name = "return"
    let summary = "where IRETD, SYSEXIT, SYSRET and RET n lead"

    func quiz(_ task: inout DrillTask) throws -> WrittenQuiz {
        let machine = try task.machine()
        switch task.level {
        case .basic: return try bytes(machine, &task)
        case .usual: return try landing(machine, &task)
        case .hard: return try stack(machine, &task)
        }
    }

    private func bytes(_ machine: DrillMachine, _ task: inout DrillTask) throws -> WrittenQuiz {
        var call = try task.call(on: machine, arguments: 12)
        while call.arguments.isEmpty { call = try task.call(on: machine, arguments: 12) }
        let ret = try task.world.code(of: call.symbol, on: machine).last?.address ?? 0
        task.ask(
            "\(machine.title). `\(call.service.name)` takes "
                + "\(DrillTask.count(call.arguments.count, "argument")). Its stub ends "
                + "with RET n. What is n?")
        let count = call.arguments.count
        task.mistake("0n\(count)", "RET takes bytes, not arguments: each argument has 4.")
        task.mistake("0n\(count * 4 + 4)", "The return address is popped anyway; n counts what lies behind it.")
        task.mistake("0n\(count * 8)", "An argument has 4 bytes on a 32-bit machine.")
        task.explain("The stub takes its caller's arguments off the stack: 4 bytes each.")
        return task.value(
            "wo(eip + 1)", on: machine, program: DrillProgram.call(call.stub, call.arguments),
            at: DrillTask.literal(ret))
    }

    private func landing(_ machine: DrillMachine, _ task: inout DrillTask) throws -> WrittenQuiz {
        let call = try task.call(on: machine)
        let stub = try task.world.code(of: call.symbol, on: machine)
        let start = stub.first?.address ?? 0
        // A stub that holds the door itself is another one for each service.
        let shift = machine.doorIsInStub ? start &- (machine.wayIn.first?.address ?? 0) : 0
        let shown = machine.doorIsInStub ? stub.dropLast().map { ($0.address, $0.code) } : pageCode(machine)
        let before = machine.doorIsInStub ? "the stub" : "the code that the stub calls"
        task.ask(
            "\(machine.title). A program calls `\(call.service.name)`. This is \(before), up to the instruction that "
                + "enters the kernel:\n\n" + DrillTask.listing(shown)
                + "\n\nThe kernel comes back by \(machine.exitName). What is EIP then?")
        task.mistake("program!return1", "RETs come first: what the kernel goes back to is the code that called it.")
        task.mistake("eip - 2", "That enters the kernel again. It goes on behind that instruction.")
        task.mistake("eip - 4", "That is the code before the door. It goes on behind it.")
        task.mistake(DrillTask.literal(start), "That is the stub's first instruction.")
        task.explain(
            "\(machine.exitName) goes to the instruction behind \(machine.doorName), which is 2 bytes long: a RET.")
        return task.value(
            "eip", on: machine, program: DrillProgram.call(call.stub, call.arguments),
            at: DrillTask.literal(machine.landing.address &+ shift))
    }

    private func pageCode(_ machine: DrillMachine) -> [(address: UInt32, code: Disassembly)] {
        machine.wayIn.suffix(2).map { ($0.address, $0.code) }
    }

    private func stack(_ machine: DrillMachine, _ task: inout DrillTask) throws -> WrittenQuiz {
        let call = try task.call(on: machine, arguments: 10)
        let room = task.draw.number(0...0x1F) * 4
        let program = DrillProgram.call(call.stub, call.arguments, before: ["sub esp, \(DrillTask.written(room))"])
        let request = TraceRequest(machine: machine.request(program: program), from: call.symbol)
        let esp = try task.world.library.prepare(request).machine.cpu[.esp]
        let atExit = task.draw.coin()
        let name = "`\(call.service.name)`"
        task.ask(
            "\(machine.title). \(name) takes \(DrillTask.count(call.arguments.count, "argument")). At the first "
                + "instruction of "
                + "its stub ESP is \(DrillTask.hex(esp)). What is ESP "
                + (atExit ? "when \(machine.exitName) has executed?" : "when the program goes on behind its CALL?"))
        task.mistake(DrillTask.literal(esp), "That is ESP in the stub. Which CALLs and RETs come in between?")
        task.mistake(
            DrillTask.literal(esp &+ 4),
            "The return address is gone, and so are the arguments: the stub's RET n takes them.")
        task.mistake(DrillTask.literal(esp &- 4), "Count the return addresses on the stack at that moment.")
        task.mistake(DrillTask.literal(esp &+ call.bytes), "RET n takes its return address off as well: n + 4 bytes.")
        task.explain(
            atExit
                ? "ESP is again what it was when \(machine.doorName) executed: the kernel works on a stack of its own."
                : "RET n pops the return address and n bytes of arguments: the stack is as it was before the "
                    + "first PUSH."
        )
        let landing = machine.landing.address &+ (machine.doorIsInStub ? try shift(call, machine, task) : 0)
        return task.value(
            "esp", on: machine, program: program, at: atExit ? DrillTask.literal(landing) : "program!return1")
    }

    private func shift(_ call: DrillTask.Call, _ machine: DrillMachine, _ task: DrillTask) throws -> UInt32 {
        let stub = try task.world.code(of: call.symbol, on: machine)
        return (stub.first?.address ?? 0) &- (machine.wayIn.first?.address ?? 0)
    }
}
