/// `ntlearn exec --batch`: the built program, requests through one pipe and answers through another.
struct Batch {
    /// The built program.
    let program: Program
    let cases: Int

    private static let pipeline = "cat \"$1\" | \"$2\" exec --batch | wc -l"

    func ways() throws -> [Way] {
        guard let shell = Program(named: "sh") else { throw BenchmarkError("there is no sh") }
        let folder = try WorkFolder("batch")
        try folder.write((0..<cases).flatMap { Array(Self.request($0).utf8) }, to: "requests")
        let arguments = ["-c", Self.pipeline, "sh", folder.path("requests"), program.path]
        return [
            Way("ntlearn exec --batch, start of the program included", .batch) {
                var answers = ""
                let time = try ContinuousClock().measure { answers = try shell.output(arguments) }
                guard Int(answers.filter { $0 != " " }) == cases else {
                    throw BenchmarkError("\(cases) requests had \(answers) answers")
                }
                return Sample(units: cases, time: time)
            }
        ]
    }

    /// ADD EAX,EBX; MOV [500000h],EAX with registers, a mapped page and a dump.
    private static func request(_ number: Int) -> String {
        #"{"id":\#(number),"cpu":"pentium2","ring":3,"code":"01d8a300005000","at":"0x400000","#
            + #""regs":{"eax":"0x\#(String(number, radix: 16))","ebx":"0x7","eflags":"0x202"},"#
            + #""map":[{"at":"0x500000","size":"0x1000"}],"dump":[{"at":"0x500000","size":4}]}"# + "\n"
    }
}
