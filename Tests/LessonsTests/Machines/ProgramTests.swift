import Debugger
import Foundation
import Lessons
import Testing
import X86

/// What a machine runs in ring 3: calls with their arguments, and programs of one's own.
struct ProgramTests {
    private func trace(_ machine: String, _ calls: String...) throws -> (PreparedTrace, Trace) {
        let request = MachineRequest(machine: machine, calls: try calls.map { try ServiceCall($0) })
        let prepared = try builtInMachines.prepare(TraceRequest(machine: request))
        return (prepared, prepared.machine.trace(to: prepared.end))
    }

    @Test(
        "Numbers in every notation",
        arguments: [
            ("68", UInt32(0x44)), ("0x44", 0x44), ("44h", 0x44), ("0n68", 0x44), ("0t104", 0x44), ("0b1000100", 0x44),
            ("-1", 0xFFFF_FFFF), ("0FFFFFFFFh", 0xFFFF_FFFF),
        ])
    func numbers(text: String, value: UInt32) throws {
        #expect(try ServiceCall("NtClose(\(text))").arguments == [.number(value)])
    }

    @Test("Texts may hold commas, parentheses, quotation marks and line feeds")
    func texts() throws {
        let call = try ServiceCall(#"NtDisplayString("a, (b) \"c\" \\ d\n")"#)
        #expect(call.arguments == [.string("a, (b) \"c\" \\ d\n")])
        let (_, run) = try trace("xp", #"NtDisplayString("one\n")"#, #"NtDisplayString("two, \"2\"")"#)
        #expect(String(decoding: run.output, as: UTF8.self) == "one\ntwo, \"2\"")
    }

    @Test("A variable receives what the service writes", arguments: ["int2e", "sysenter", "syscall"])
    func variable(machine: String) throws {
        let (prepared, run) = try trace(machine, "NtQuerySystemTime(&time)")
        #expect(run.after[.eax] == 0)
        let variable = try #require(prepared.variables.first)
        #expect(variable.name == "time")
        #expect(variable.size == 8)
        #expect(prepared.machine.symbols.symbol(named: "program!time")?.address == UInt64(variable.address))
        let clock = try prepared.machine.evaluate("poi(7ffe0018)*100000000+poi(7ffe0014)")
        #expect(variable.value(on: prepared.machine) == clock)
        #expect(clock != 0)
    }

    @Test("Calls of one program follow each other and share its variables")
    func sequence() throws {
        let (prepared, run) = try trace("xp", "NtClose(4)", "NtQuerySystemTime(&t[16])", "NtClose(t)", "NtClose(4)")
        #expect(prepared.variables.map(\.size) == [16])
        #expect(run.after[.eax] == 0xC000_0008)
        let push = try #require(run.steps.first { $0.bytes.starts(with: [0xFF, 0x35]) })
        let time = try prepared.machine.evaluate("poi(program!t)")
        let pushed = push.effects.contains { effect in
            if case .write(_, 4, _, let new) = effect { new == time } else { false }
        }
        #expect(pushed)
    }

    @Test(
        "What is no call is refused",
        arguments: [
            ("NtClose(&main)", "no variable"), ("NtClose(&return1)", "no variable"),
            ("NtClose(&a[0])", "number of bytes"),
            ("NtClose(&a[9999])", "number of bytes"), ("NtClose(&)", "no variable"), (#"NtClose("\q")"#, "backslash"),
            ("NtClose(4,)", "neither"), ("NtClose(0x123456789)", "neither"),
        ])
    func malformed(call: String, message: String) {
        let error = #expect(throws: MachineError.self) { try ServiceCall(call) }
        #expect(error?.message.contains(message) == true)
    }

    @Test("A name that no call gave a value is refused; a number that lacks its 0 is recognised")
    func unknownVariable() throws {
        let error = #expect(throws: MachineError.self) { try trace("xp", "NtClose(handle)") }
        #expect(error?.message == "\"handle\" is neither a number nor a variable")
        let number = #expect(throws: MachineError.self) { try trace("xp", "NtClose(FFh)") }
        #expect(number?.note == "a hexadecimal number begins with a digit: 0FFh")
    }

    @Test("A wrong number of arguments is refused, and passed all the same with ...")
    func inexact() throws {
        let error = #expect(throws: MachineError.self) { try trace("xp", "NtClose(4, 5)") }
        #expect(error?.message == "NtClose takes 1 argument; 2 given")
        #expect(error?.note?.contains("NtClose(1, 2, ...)") == true)
        let (_, run) = try trace("xp", "NtClose(4, 5, ...)")
        #expect(run.after[.eax] == 0)
        #expect(try ServiceCall("NtClose(...)").arguments.isEmpty)
    }

    @Test("A service that only another machine has is met with that machine")
    func elsewhere() throws {
        let folder = try temporaryCourse(["other.asm": try source(of: "xp", adding: "ntdll@NtOnlyHere: ret\n")])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = MachineLibrary(courses: [folder], builtIn: contentFolder)
        let request = MachineRequest(machine: "win2k", calls: [try ServiceCall("NtOnlyHere()")])
        let error = #expect(throws: MachineError.self) { try library.machine(for: request) }
        #expect(error?.message == "ntdll of win2k has no service called NtOnlyHere")
        #expect(error?.note == "other has it")
    }

    @Test("A program's mistakes are told at its own lines and columns")
    func program() throws {
        let request = MachineRequest(machine: "xp", program: .assembly("nop\n  mov eax\n", path: "mine.asm"))
        let error = #expect(throws: MachineError.self) { try builtInMachines.machine(for: request) }
        #expect(error?.kind == .program)
        #expect(error?.diagnostics.map(\.description) == ["mine.asm:2:3: error: an operand is missing: `mov` takes 2"])
    }

    @Test("A program may define program@main itself, behind its data")
    func ownMain() throws {
        let text = "jmp program@main\nstatus: dd 7\nprogram@main: mov eax, [status]\nprogram@done: hlt\n"
        let request = MachineRequest(machine: "xp", program: .assembly(text))
        let prepared = try builtInMachines.prepare(TraceRequest(machine: request, to: "program!done"))
        let run = prepared.machine.trace(to: prepared.end)
        #expect(run.end == .reached)
        #expect(run.after[.eax] == 7)
    }

    @Test("A program's file may include what lies below its folder")
    func includes() throws {
        let folder = try temporaryCourse([
            "p.asm": "%include \"numbers.inc\"\nmov eax, answer\n", "numbers.inc": "answer equ 42\n",
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let request = MachineRequest(machine: "xp", program: try .file(folder + "/machines/p.asm"))
        let prepared = try builtInMachines.prepare(TraceRequest(machine: request))
        _ = prepared.machine.step()
        #expect(prepared.machine.cpu[.eax] == 42)
    }

    private func source(of machine: String, adding text: String) throws -> String {
        try String(contentsOfFile: "\(contentFolder)/machines/\(machine).asm", encoding: .utf8)
            .replacing(
                "%include \"include/end.inc\"", with: "section ntdll.text\n\(text)\n%include \"include/end.inc\"")
    }
}

/// A course's folder with these files in its `machines`.
func temporaryCourse(_ files: [String: String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ntlearn-\(UUID().uuidString)")
    let machines = folder.appendingPathComponent("machines")
    try FileManager.default.createDirectory(at: machines, withIntermediateDirectories: true)
    for (name, text) in files {
        try text.write(to: machines.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    return folder.path
}
