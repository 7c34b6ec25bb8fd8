import Debugger
import Testing
import X86

@Suite("Breakpoints know when to stop")
struct BreakpointTableTests {
    private func table(_ requests: BreakpointRequest...) throws -> BreakpointTable {
        var table = BreakpointTable()
        for request in requests { try table.set(request) }
        return table
    }

    private func ids(_ hits: [BreakpointHit]) -> [Int] { hits.map(\.id) }

    @Test("A breakpoint stops at its address and nowhere else")
    func address() throws {
        var table = try table(BreakpointRequest(address: 0x1000))
        #expect(ids(table.hits(before: 0x1000, in: FakeMachine())) == [0])
        #expect(table.hits(before: 0x1001, in: FakeMachine()).isEmpty)
    }

    @Test("Passes are counted down, then it stops each time")
    func passes() throws {
        var table = try table(BreakpointRequest(address: 0x1000, passes: 3))
        let stops = (0..<5).map { _ in !table.hits(before: 0x1000, in: FakeMachine()).isEmpty }
        #expect(stops == [false, false, true, true, true])
    }

    @Test("A condition decides, and only times at which it holds count as passes")
    func condition() throws {
        var table = try table(
            BreakpointRequest(address: 0x1000, condition: try Expression("@ecx == 2"), passes: 2))
        var machine = FakeMachine()
        #expect(table.hits(before: 0x1000, in: machine).isEmpty)
        machine.registers["ecx"] = 3
        #expect(table.hits(before: 0x1000, in: machine).isEmpty)
        machine.registers["ecx"] = 2
        #expect(ids(table.hits(before: 0x1000, in: machine)) == [0])
    }

    @Test("A condition that cannot be evaluated stops and says why")
    func brokenCondition() throws {
        var table = try table(BreakpointRequest(address: 0x1000, condition: try Expression("poi(9000)")))
        let hit = try #require(table.hits(before: 0x1000, in: FakeMachine()).first)
        #expect(hit.conditionError?.contains("cannot be read") == true)
    }

    @Test("A one-shot goes away; a disabled one does not count")
    func oneShot() throws {
        var table = try table(BreakpointRequest(address: 0x1000, isOneShot: true), BreakpointRequest(address: 0x2000))
        table.enable([1], false)
        #expect(ids(table.hits(before: 0x1000, in: FakeMachine())) == [0])
        #expect(table.hits(before: 0x2000, in: FakeMachine()).isEmpty)
        #expect(table.breakpoints.map(\.id) == [1])
        table.enable([1], true)
        #expect(ids(table.hits(before: 0x2000, in: FakeMachine())) == [1])
    }

    @Test("Setting it again at the same place replaces it; a cleared number is used again")
    func numbers() throws {
        var table = try table(BreakpointRequest(address: 0x1000), BreakpointRequest(address: 0x2000))
        #expect(try table.set(BreakpointRequest(address: 0x1000, passes: 7)).id == 0)
        #expect(table.breakpoints.map(\.passes) == [7, 1])
        table.clear([0])
        #expect(try table.set(BreakpointRequest(address: 0x3000)).id == 0)
    }

    @Test(
        "A watchpoint stops for an access that overlaps it",
        arguments: [
            (Effect.write(address: 0x1000, size: 4, old: 0, new: 1), [0, 1]),
            (.write(address: 0x0FFF, size: 2, old: 0, new: 1), [0, 1]),
            (.write(address: 0x1003, size: 1, old: 0, new: 0), [0, 1]),
            (.write(address: 0x1004, size: 4, old: 0, new: 1), []),
            (.write(address: 0x0FFC, size: 4, old: 0, new: 1), []),
            (.read(address: 0x1002, size: 2, value: 0, purpose: .operand), [0]),
            (.read(address: 0x1000, size: 8, value: 0, purpose: .interruptGate), [0]),
            (.pageWalk(entry: 0x1000, value: 0), []),
        ] as [(Effect, [Int])])
    func watch(effect: Effect, hit: [Int]) throws {
        var table = try table(
            BreakpointRequest(address: 0x1000, access: .read, size: 4),
            BreakpointRequest(address: 0x1000, access: .write, size: 4), BreakpointRequest(address: 0x1000))
        #expect(ids(table.hits(after: [effect], in: FakeMachine())) == hit)
    }

    @Test("The debug registers' rules are kept")
    func rules() throws {
        var table = BreakpointTable()
        for request in [
            BreakpointRequest(address: 0x1001, access: .write, size: 2),
            BreakpointRequest(address: 0x1000, access: .write, size: 8),
            BreakpointRequest(address: 0x1000, access: .execute, size: 4), BreakpointRequest(address: 0, passes: 0),
        ] {
            let error = #expect(throws: BreakpointError.self) { try table.set(request) }
            #expect(error?.note?.isEmpty == false)
        }
        for index in 0..<UInt32(BreakpointTable.most) { try table.set(BreakpointRequest(address: index)) }
        #expect(throws: BreakpointError.self) { try table.set(BreakpointRequest(address: 0x9000)) }
        #expect(try table.set(BreakpointRequest(address: 0)).id == 0)
    }
}
