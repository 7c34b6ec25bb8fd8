import Debugger
import Testing

@testable import ntlearn

@Suite("The same call through two doors")
struct DiffTests {
    private func page(columns: Int, isPlain: Bool = false, _ names: (String, String) = ("int2e", "sysenter")) throws
        -> String
    {
        func side(_ name: String) throws -> DiffPage.Side {
            let run = try GuestRun(name)
            return DiffPage.Side(name: name, trace: run.trace, symbols: run.machine.symbols)
        }
        let page = DiffPage(try side(names.0), try side(names.1), columns: columns, isPlain: isPlain)
        return Palette.none.paint(page.lines)
    }

    @Test("INT 2Eh beside SYSENTER", arguments: [80, 120])
    func snapshots(columns: Int) throws {
        try expectSnapshot(try page(columns: columns), "../Diff/Snapshots/int2e-sysenter-\(columns)")
    }

    @Test("Sentences tell whose an instruction is")
    func plain() throws {
        let text = try page(columns: 80, isPlain: true)
        #expect(text.unicodeScalars.allSatisfy { $0.isASCII })
        #expect(text.contains("First difference.\nOnly int2e: ring 3, ntdll!NtClose: mov eax, 18h.\n"))
        #expect(text.contains("\nOnly sysenter: ring 3, ntdll!NtClose: mov eax, 19h.\n"))
    }

    @Test("No line is wider than the terminal", arguments: [50, 80, 99, 100, 120])
    func width(columns: Int) throws {
        let widest = try page(columns: columns).split(separator: "\n").map(\.displayWidth).max() ?? 0
        #expect(widest <= columns)
    }

    @Test("Equal traces have no difference")
    func equal() throws {
        #expect(try page(columns: 80, ("xp", "xp")) == "Both execute the same instructions.\n")
    }

    @Test("Both traces are in the comparison, whole and in order")
    func whole() throws {
        let (left, right) = (try GuestRun("sysenter"), try GuestRun("syscall"))
        let texts = (left.trace.steps.map(\.code.text), right.trace.steps.map(\.code.text))
        let rows = TraceDiff(left.trace.steps, right.trace.steps, texts: texts).rows
        let lefts = rows.compactMap { row -> Int? in
            switch row {
            case .both(let index, _), .left(let index): index
            case .right: nil
            }
        }
        let rounds = left.trace.steps.indices.filter { $0 == 0 || !left.trace.steps[$0].code.text.hasPrefix("rep") }
        #expect(lefts == lefts.sorted() && Set(rounds).isSubset(of: lefts))
    }
}
