import Debugger
import Testing
import X86

@testable import ntlearn

@Suite("A trace as two lanes")
struct LanesTests {
    @Test(
        "NtClose through each door",
        arguments: [
            ("int2e", 80), ("int2e", 100), ("int2e", 140), ("int2e", 60), ("sysenter", 80), ("sysenter", 140),
            ("syscall", 80), ("syscall", 100),
        ])
    func snapshots(machine: String, columns: Int) throws {
        try expectSnapshot(try GuestRun(machine).lanes(columns: columns), "../Lanes/Snapshots/\(machine)-\(columns)")
    }

    @Test("Sentences for a screen reader, in place of lanes", arguments: ["int2e", "sysenter", "syscall"])
    func plain(machine: String) throws {
        let text = try GuestRun(machine).lanes(columns: 80, isPlain: true)
        #expect(text.unicodeScalars.allSatisfy { $0.isASCII })
        #expect(text.contains("Ring 3, ntdll!NtClose: mov eax, "))
        #expect(text.contains("The ring changes from 3 to 0: "))
        #expect(text.contains("The ring changes from 0 to 3: "))
    }

    @Test("No line is wider than the terminal", arguments: ["int2e", "sysenter", "syscall"])
    func width(machine: String) throws {
        let run = try GuestRun(machine, call: "NtDisplayString(\"wide\")")
        for columns in [40, 60, 79, 80, 81, 99, 100, 120, 140, 200] {
            let widest = run.lanes(columns: columns).split(separator: "\n").map(\.displayWidth).max() ?? 0
            #expect(widest <= columns, "\(columns)")
        }
    }

    @Test("The border stands in one column, and only crossings go through it", arguments: [80, 100, 140])
    func border(columns: Int) throws {
        let lines = try GuestRun("sysenter").lanes(columns: columns).split(separator: "\n")
        let places = Set(lines.map { line in Array(line).firstIndex { "│┼┿┥".contains($0) } })
        #expect(places.count == 1)
        #expect(lines.count { $0.contains("━") } == 2)
        #expect(try #require(lines.first { $0.contains("sysenter") }).contains("┿━▶ EIP from MSR 176h"))
        #expect(try #require(lines.first { $0.contains("sysexit") }).contains("EIP from EDX, ESP from ECX ◀━"))
    }

    @Test("Colours only dress the text")
    func colour() throws {
        let run = try GuestRun("int2e")
        let bare = run.lanes(columns: 80, palette: .extended).replacing(try Regex("\u{1B}\\[[0-9;]*m"), with: "")
        #expect(bare == run.lanes(columns: 80))
    }

    @Test("The rounds of a loop after the second are one line")
    func loop() throws {
        let program = "mov ecx, 50\nagain: nop\ndec ecx\njnz again\nmov eax, 1\nint 0x2e\n"
        let lines = try GuestRun(program: program, steps: 152).lanes(columns: 80).split(separator: "\n")
        #expect(lines.count { $0.contains("dec ecx") } == 2)
        #expect(lines.contains { $0.contains("… 48 more rounds of these 3") })
        #expect(lines.last?.contains("mov eax, 1h") == true)
    }

    @Test("A loop that is left in the middle shows the part of its last round")
    func leftInTheMiddle() throws {
        let program = "mov ecx, 9\nagain: dec ecx\njz done\njmp again\ndone: mov eax, 1\n"
        let lines = try GuestRun(program: program, steps: 28).lanes(columns: 80).split(separator: "\n")
        #expect(lines.contains { $0.contains("… 6 more rounds of these 3") })
        #expect(lines.count { $0.contains("dec ecx") } == 3)
        #expect(lines.last?.contains("mov eax, 1h") == true)
    }

    @Test("A fault crosses with its name, and says why where it arrives")
    func fault() throws {
        let run = try GuestRun(program: "mov eax, [0x80400000]\n", steps: 3)
        let lines = run.lanes(columns: 100).split(separator: "\n")
        #expect(try #require(lines.first { $0.contains("━") }).contains("#PF ━"))
        #expect(lines.contains { $0.contains("│   #PF (error code 05h, address 80400000)") })
        #expect(run.lanes(columns: 60).contains("━━ ring 3 to ring 0: #PF ━"))
    }

    @Test("An interrupt from outside comes before the instruction, which is not shown as executed")
    func interrupt() throws {
        let run = try GuestRun(program: "nop\nnop\n", steps: 2) { $0.cpu.requestNMI() }
        let lines = run.lanes(columns: 80).split(separator: "\n")
        let arrow = try #require(lines.first { $0.contains("━") })
        #expect(arrow.contains("vector 02h ━") && !arrow.contains("nop"))
    }
}
