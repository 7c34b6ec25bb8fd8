import Debugger
import Testing
import X86

@Suite("Changes by hand go through one log and can be taken back")
struct EditLogTests {
    @Test(
        "Each kind of change is made, and undone to the last bit",
        arguments: [
            MachineEdit.register(.eax, 0x1234), .instructionPointer(0x10_0030), .flags(0x246),
            .modelSpecific(index: 0x176, 0x8000_0000), .memory(address: 0x20_0000, [1, 2, 3]),
        ])
    func undo(edit: MachineEdit) throws {
        let machine = try tinyMachine("nop\nhlt")
        var log = EditLog()
        let before = Snapshot(machine)
        let applied = try log.apply(edit, to: machine)
        #expect(Snapshot(machine) != before)
        #expect(log.edits == [applied])
        try log.undo(on: machine)
        #expect(Snapshot(machine) == before)
        #expect(log.edits.isEmpty)
    }

    private struct Snapshot: Equatable {
        let registers: RegisterState
        let entry: UInt64?
        let bytes: [UInt8]

        init(_ machine: Machine) {
            registers = machine.cpu.state
            entry = machine.cpu.msr(0x176)
            bytes = machine.cpu.bytes(at: 0x20_0000, count: 16)
        }
    }

    @Test("Changed code is executed, even if it was executed before")
    func code() throws {
        let machine = try tinyMachine("boot@Loop: inc eax\njmp boot@Loop")
        for _ in 0..<4 { _ = machine.step() }
        let loop = try address("boot!Loop", on: machine)
        machine.cpu[.eax] = 5
        machine.cpu.eip = loop
        var log = EditLog()
        try log.apply(.memory(address: loop, [0x48]), to: machine)
        _ = machine.step()
        #expect(machine.cpu[.eax] == 4)
    }

    @Test("A change cannot be taken back once the machine has run on")
    func runOn() throws {
        let machine = try tinyMachine("nop\nhlt")
        var log = EditLog()
        try log.apply(.register(.ebx, 7), to: machine)
        _ = machine.step()
        let error = #expect(throws: EditError.self) { try log.undo(on: machine) }
        #expect(error?.note?.contains("r ebx=00000000") == true)
        #expect(machine.cpu[.ebx] == 7)
    }

    @Test("What cannot be changed says why, and nothing has changed")
    func impossible() throws {
        let machine = try tinyMachine("hlt")
        var log = EditLog()
        let noMSR = #expect(throws: EditError.self) { try log.apply(.modelSpecific(index: 0x1B, 0), to: machine) }
        #expect(noMSR?.note == "it has 10, 174, 175, 176, in hexadecimal")
        // 16 MiB of RAM: the last bytes fit, one more does not.
        try log.apply(.memory(address: 0xFF_FFFE, [1, 2]), to: machine)
        #expect(throws: EditError.self) { try log.apply(.memory(address: 0xFF_FFFE, [3, 4, 5]), to: machine) }
        #expect(machine.cpu.bytes(at: 0xFF_FFFE, count: 2) == [1, 2])
        #expect(log.edits.count == 1)
    }

    @Test(
        "A register is named as in expressions, whole or in part",
        arguments: [
            ("eax", 0x5, .register(.eax, 5)), ("EIP", 0x10_0000, .instructionPointer(0x10_0000)),
            ("al", 0xFF, .register(.eax, 0x1122_33FF)), ("ah", 0x7F, .register(.eax, 0x1122_7F44)),
            ("zf", 1, .flags(0x42)), ("iopl", 3, .flags(0x3002)), ("eax", UInt64.max, .register(.eax, .max)),
        ] as [(String, UInt64, MachineEdit)])
    func named(name: String, value: UInt64, edit: MachineEdit) throws {
        let machine = try tinyMachine("hlt")
        machine.cpu[.eax] = 0x1122_3344
        #expect(try MachineEdit(register: name, value: value, on: machine) == edit)
    }

    @Test(
        "A register that is none, is fixed, or is too narrow is refused",
        arguments: [("xax", 0), ("cs", 8), ("al", 0x100), ("zf", 2), ("eax", 0x1_0000_0000)] as [(String, UInt64)])
    func refused(name: String, value: UInt64) throws {
        let machine = try tinyMachine("hlt")
        #expect(throws: EditError.self) { try MachineEdit(register: name, value: value, on: machine) }
    }

    @Test("A change is written as it would be typed")
    func text() {
        #expect(MachineEdit.memory(address: 0x400000, [0x90, 0xC3]).description == "eb 00400000 90 c3")
        #expect(MachineEdit.modelSpecific(index: 0x176, 0x804D_7000).description == "wrmsr 176 804d7000")
    }
}
