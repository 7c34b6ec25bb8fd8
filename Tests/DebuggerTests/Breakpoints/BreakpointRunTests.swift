import Debugger
import Testing
import X86

@Suite("A run ends at a breakpoint, at its goal, or with the machine")
struct BreakpointRunTests {
    private let loop = """
        mov esp, 0x300000
        boot@Loop: inc eax
        mov [0x200000], eax
        cmp eax, 5
        jne boot@Loop
        call boot@Function
        boot@Done: hlt
        boot@Function: call boot@Inner
        ret
        boot@Inner: push eax
        pop eax
        ret 0
        """

    @Test("A breakpoint does not stop the run that begins at it, but the next time round")
    func again() throws {
        let machine = try tinyMachine("mov eax, 0\n" + loop)
        var table = BreakpointTable()
        try table.set(BreakpointRequest(address: try address("boot!Loop", on: machine)))
        for expected in [0, 1, 2] as [UInt32] {
            #expect(isFirst(machine.run(to: .none, breakpoints: &table, budget: 100)))
            #expect(machine.cpu[.eax] == expected)
        }
    }

    private func isFirst(_ stop: RunStop) -> Bool {
        guard case .breakpoints(let hits) = stop else { return false }
        return hits.map(\.id) == [0]
    }

    @Test("A watchpoint stops right behind the instruction that wrote")
    func watch() throws {
        let machine = try tinyMachine("mov eax, 0\n" + loop)
        var table = BreakpointTable()
        try table.set(BreakpointRequest(address: 0x20_0000, access: .write, size: 4, passes: 3))
        #expect(isFirst(machine.run(to: .none, breakpoints: &table, budget: 100)))
        #expect(machine.doubleword(at: 0x20_0000) == 3)
        #expect(machine.nextStep().code.mnemonic == "cmp")
    }

    @Test("An address, the machine's end, the budget and Ctrl-C end a run, and steps are counted")
    func ends() throws {
        let machine = try tinyMachine("mov eax, 0\n" + loop)
        var table = BreakpointTable()
        let done = try address("boot!Done", on: machine)
        #expect(machine.run(to: .none, breakpoints: &table, budget: 3) == .budget)
        #expect(machine.stepCount == 3)
        #expect(machine.run(to: .none, breakpoints: &table, budget: 9, isInterrupted: { true }) == .interrupted)
        #expect(machine.run(to: .address(done), breakpoints: &table, budget: 100) == .reached)
        #expect(machine.run(to: .none, breakpoints: &table, budget: 100) == .halted)
        #expect(try tinyMachine("ud2").run(to: .none, breakpoints: &table, budget: 9) == .shutdown)
    }

    @Test("gu leaves the current function, not one that it calls")
    func functionReturn() throws {
        let machine = try tinyMachine("mov eax, 0\n" + loop)
        var table = BreakpointTable()
        let function = try address("boot!Function", on: machine)
        #expect(machine.run(to: .address(function), breakpoints: &table, budget: 100) == .reached)
        #expect(machine.run(to: .functionReturn, breakpoints: &table, budget: 100) == .reached)
        #expect(machine.cpu.eip == (try address("boot!Done", on: machine)))
    }
}
