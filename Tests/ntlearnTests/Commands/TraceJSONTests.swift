import Testing

@testable import ntlearn

/// One way into the kernel, and what the processor must have done at its door.
struct Door: CustomTestStringConvertible {
    let machine: String
    let instruction: String
    let service: String
    /// EDX at the entry instruction, relative to ESP.
    let argumentDistance: Int
    let exit: String

    var testDescription: String { machine }

    static let all = [
        Door(machine: "int2e", instruction: "int 0x2e", service: "0x18", argumentDistance: 4, exit: "iret"),
        Door(machine: "sysenter", instruction: "sysenter", service: "0x19", argumentDistance: 0, exit: "sysexit"),
        Door(machine: "syscall", instruction: "syscall", service: "0x19", argumentDistance: 0, exit: "sysret"),
    ]

    func trace() throws -> [JSONObject] {
        let result = try GuestContent.run("trace", machine, "--call", "NtClose(0x44)", "--format", "json")
        #expect(result.status == 0)
        #expect(result.stderr.isEmpty)
        return try JSONObject.lines(result.stdout)
    }
}

@Suite("ntlearn trace --format json")
struct TraceJSONTests {
    private static let registers: Set<String> = [
        "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "eip", "eflags", "cs", "ss", "ds", "es", "fs", "gs",
    ]
    private static let keys: Set<String> = [
        "step", "eip", "symbol", "offset", "bytes", "text", "cpl", "regs", "effects",
    ]

    @Test("Every line but the last has the same members, the last says how it ended", arguments: Door.all)
    func shape(door: Door) throws {
        let lines = try door.trace()
        for (number, line) in lines.dropLast().enumerated() {
            #expect(Set(line.members.keys) == Self.keys)
            #expect(line[number: "step"] == number)
            #expect(Set(try #require(line[object: "regs"]).keys) == Self.registers)
            #expect(line[text: "eip"] == line.register("eip"))
            #expect(try #require(line[objects: "effects"]).allSatisfy { $0["kind"] is String })
        }
        let last = try #require(lines.last)
        #expect(last[text: "end"] == "reached")
        #expect(last[number: "steps"] == lines.count - 1)
        #expect(last.members.count == 2)
    }

    @Test("The stub enters the kernel with the service's number in EAX and the arguments at EDX", arguments: Door.all)
    func door(door: Door) throws {
        let lines = try door.trace()
        let index = try #require(lines.firstIndex { $0[text: "text"] == door.instruction })
        let (before, after) = (lines[index], lines[index + 1])
        #expect(before.register("eax") == door.service)
        let pointer = try hexadecimal(before.register("edx")) - hexadecimal(before.register("esp"))
        #expect(pointer == door.argumentDistance)
        #expect(before[number: "cpl"] == 3)
        #expect(after[number: "cpl"] == 0)
        let kinds = try #require(before[objects: "effects"]).compactMap { $0["kind"] as? String }
        #expect(kinds.contains("ring-change"))
    }

    @Test("The service's status comes back to ring 3, and RET 4 pops the argument", arguments: Door.all)
    func wayBack(door: Door) throws {
        let steps = try door.trace().dropLast()
        let rings = steps.compactMap { $0[number: "cpl"] }.reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
        #expect(rings == [3, 0, 3])
        let exit = try #require(steps.last { $0[number: "cpl"] == 0 })
        #expect(exit[text: "text"]?.hasPrefix(door.exit) == true)
        let last = try #require(steps.last)
        #expect(last[text: "text"] == "ret 0x4")
        #expect(last[text: "symbol"] == "ntdll!NtClose")
        #expect(last.register("eax") == "0xc0000008")
    }

    @Test("INT 2Eh reads its gate, asks the TSS for a stack and pushes five values; SYSENTER only reads MSRs")
    func insideTheDoors() throws {
        let gate = try effects(of: "int 0x2e", in: Door.all[0])
        #expect(gate.first { $0["kind"] as? String == "gate-check" }?["vector"] as? Int == 0x2E)
        #expect(gate.count { $0["kind"] as? String == "read" && $0["purpose"] as? String == "tss" } == 2)
        #expect(gate.count { $0["kind"] as? String == "write" } == 5)
        let enter = try effects(of: "sysenter", in: Door.all[1])
        let msrs = enter.filter { $0["kind"] as? String == "msr-read" }.compactMap { $0["msr"] as? String }
        #expect(Set(msrs) == ["0x174", "0x175", "0x176"])
        #expect(!enter.contains { $0["kind"] as? String == "write" })
    }

    @Test("--boot begins in flat ring 0 at the image's entry, --max-steps ends it")
    func boot() throws {
        let result = try GuestContent.run("trace", "xp", "--boot", "--max-steps", "7", "--format", "json")
        let lines = try JSONObject.lines(result.stdout)
        #expect(result.status == 0)
        #expect(lines.first?[text: "symbol"] == "boot!Start")
        #expect(lines.first?[number: "cpl"] == 0)
        #expect(lines.last?[text: "end"] == "max-steps")
        #expect(lines.last?[number: "steps"] == 7)
    }

    private func effects(of instruction: String, in door: Door) throws -> [[String: Any]] {
        let step = try #require(try door.trace().first { $0[text: "text"] == instruction })
        return try #require(step[objects: "effects"])
    }

    private func hexadecimal(_ text: String?) throws -> Int {
        try #require(text.flatMap { $0.hasPrefix("0x") ? Int($0.dropFirst(2), radix: 16) : nil })
    }
}
