import Testing

@testable import ntlearn

@Suite("ntlearn exec --batch")
struct ExecCommandTests {
    private func answers(to lines: String...) throws -> [JSONObject] {
        let result = try runNtlearn(arguments: ["exec", "--batch"], stdin: lines.joined(separator: "\n").utf8)
        #expect(result.status == 0)
        #expect(result.stderr.isEmpty)
        let answers = try JSONObject.lines(result.stdout)
        #expect(answers.count == lines.count)
        return answers
    }

    @Test("The request of the manual gets its answer")
    func manual() throws {
        let answer = try answers(
            to: #"{"id":1,"cpu":"pentium2","ring":3,"code":"b801000000","at":"0x400000","#
                + #""regs":{"eax":"0x5","eflags":"0x202"},"mem":[{"at":"0x500000","hex":"00ff"}],"#
                + #""map":[{"at":"0x500000","size":"0x10000"}],"steps":100,"dump":[{"at":"0x500000","size":4}]}"#
        )[0]
        #expect(answer[number: "id"] == 1)
        #expect(answer[text: "stop"] == "end")
        #expect(answer[number: "steps"] == 1)
        #expect(answer.register("eax") == "0x1")
        #expect(answer.register("eip") == "0x400005")
        #expect(answer.register("eflags") == "0x202")
        #expect(answer.register("cs") == "0x1b")
        #expect(answer.members["dump"] as? [String] == ["00ff0000"])
    }

    @Test("A page that is not mapped is a page fault, reported and not delivered")
    func pageFault() throws {
        let answer = try answers(to: #"{"id":"x","code":"a300005000","regs":{"eax":7}}"#)[0]
        #expect(answer[text: "id"] == "x")
        #expect(answer[text: "stop"] == "exception")
        #expect(answer[number: "vector"] == 14)
        #expect(answer[text: "error"] == "0x6")
        #expect(answer[text: "cr2"] == "0x500000")
        #expect(answer[number: "steps"] == 0)
        #expect(answer.register("eip") == "0x400000")
    }

    @Test("A bad line gives an error that repeats its id, and the rest goes on")
    func badLines() throws {
        let answers = try answers(
            to: "nonsense", #"{"id":2,"code":"9"}"#, #"{"id":3,"cod":"90"}"#, #"{"id":4}"#,
            #"{"id":5,"code":"90","ring":4}"#, #"{"id":6,"code":"90","map":[{"at":0,"size":"0xffffffff"}]}"#,
            #"{"id":7,"code":"90","cpu":"386"}"#, #"{"id":8,"code":"90","regs":{"cs":1}}"#, "[]",
            #"{"id":10,"code":"90"}"#)
        #expect(answers.dropLast().allSatisfy { $0[text: "error"] != nil })
        #expect(answers.map { $0[number: "id"] } == [nil, 2, 3, 4, 5, 6, 7, 8, nil, 10])
        #expect(answers.last?[text: "stop"] == "end")
    }

    @Test("HLT stops ring 0, a step limit stops a loop")
    func otherStops() throws {
        let answers = try answers(
            to: #"{"id":1,"ring":0,"code":"f490"}"#, #"{"id":2,"code":"ebfe","steps":"0x20"}"#)
        #expect(answers.map { $0[text: "stop"] } == ["hlt", "steps"])
        #expect(answers.map { $0[number: "steps"] } == [1, 32])
    }

    @Test("A line of any length is answered")
    func longLine() throws {
        let long = #"{"id":1,"code":""# + String(repeating: "90", count: 3 << 20) + "\"}"
        let answers = try answers(to: long, #"{"id":2,"code":"90"}"#)
        #expect(answers[0][text: "error"]?.contains("4 MiB") == true)
        #expect(answers[1][text: "stop"] == "end")
    }

    @Test("Without --batch it says what to give")
    func needsBatch() throws {
        let result = try runNtlearn(arguments: ["exec"])
        #expect(result.status == 2)
        #expect(result.stderr.contains("--batch"))
    }
}
