import Debugger
import X86

extension SandboxRequest {
    private static let keys = ["id", "cpu", "ring", "code", "at", "regs", "mem", "map", "steps", "dump"]

    /// A line of `ntlearn exec --batch`.
    init(_ fields: JSONFields) throws(JSONProblem) {
        try fields.allow(Self.keys)
        let name = try fields.text("cpu") ?? "pentium2"
        guard let model = CPUModel.named(name) else {
            throw JSONProblem("`cpu` must be one of \(CPUModel.all.map(\.name).joined(separator: ", "))")
        }
        self.init(model: model, code: try fields.required("code", try fields.bytes("code")))
        ring = UInt8(clamping: try fields.number("ring", in: 0...3) ?? 3)
        origin = try fields.number("at").map { UInt32($0) } ?? origin
        if let registers = try fields.object("regs") { try read(registers) }
        maps = try Self.areas(fields.objects("map"))
        dumps = try Self.areas(fields.objects("dump"))
        for field in try fields.objects("mem") { contents.append(try Self.content(field)) }
        stepLimit = Int(clamping: try fields.number("steps", in: 0...UInt64(Self.mostSteps)) ?? 1000)
    }

    private mutating func read(_ fields: JSONFields) throws(JSONProblem) {
        try fields.allow(Register.allCases.map(\.name) + ["eip", "eflags"])
        for register in Register.allCases {
            registers[register] = try fields.number(register.name).map { UInt32($0) }
        }
        start = try fields.number("eip").map { UInt32($0) }
        eflags = try fields.number("eflags").map { UInt32($0) } ?? eflags
    }

    private static func areas(_ list: [JSONFields]) throws(JSONProblem) -> [Area] {
        var areas: [Area] = []
        for fields in list {
            try fields.allow(["at", "size"])
            let address = try fields.required("at", try fields.number("at"))
            let size = try fields.required("size", try fields.number("size"))
            areas.append(Area(address: UInt32(address), size: UInt32(size)))
        }
        return areas
    }

    private static func content(_ fields: JSONFields) throws(JSONProblem) -> Content {
        try fields.allow(["at", "hex"])
        let address = try fields.required("at", try fields.number("at"))
        return Content(address: UInt32(address), bytes: try fields.required("hex", try fields.bytes("hex")))
    }
}
