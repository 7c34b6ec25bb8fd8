import X86

/// The bare processor for scripts: runs a few instructions from one state to another.
public enum Sandbox {
    /// Runs a request on a processor of its own; nothing is left of it afterwards.
    /// - Throws: what is wrong with the request. Whatever its instructions do is a result.
    public static func run(_ request: SandboxRequest) throws(SandboxError) -> SandboxResult {
        try check(request)
        let memory = try SandboxMemory(request)
        var cpu = CPU(model: request.model, memorySize: memory.ramSize)
        memory.install(in: &cpu)
        try memory.fill(request.origin, with: request.code, in: &cpu)
        for content in request.contents { try memory.fill(content.address, with: content.bytes, in: &cpu) }
        cpu.enterFlat(ring: request.ring, pageDirectory: SandboxMemory.directory)
        setRegisters(of: &cpu, request)
        let (stop, steps) = execute(request, on: &cpu)
        return SandboxResult(
            stop: stop, steps: steps, registers: cpu.state, dumps: request.dumps.map { dump($0, of: cpu) })
    }

    private static func check(_ request: SandboxRequest) throws(SandboxError) {
        guard request.ring <= 3 else { throw SandboxError("there is no ring \(request.ring); rings are 0 to 3") }
        guard !request.code.isEmpty else { throw SandboxError("there is no code to run") }
        guard 0...SandboxRequest.mostSteps ~= request.stepLimit else {
            throw SandboxError("steps must be 0 to \(SandboxRequest.mostSteps)")
        }
        guard request.eflags & Flags.virtual8086 == 0 else {
            throw SandboxError("EFLAGS.VM cannot be set: virtual-8086 mode is not implemented")
        }
        let dumped = request.dumps.reduce(into: UInt64(0)) { $0 += UInt64($1.size) }
        guard dumped <= UInt64(SandboxRequest.mostDumpedBytes) else {
            throw SandboxError("at most 1 MiB can be dumped")
        }
    }

    private static func setRegisters(of cpu: inout CPU, _ request: SandboxRequest) {
        for register in Register.allCases { cpu[register] = request.registers[register] ?? 0 }
        cpu.eflags = request.eflags
        cpu.eip = request.start ?? request.origin
    }

    private static func execute(_ request: SandboxRequest, on cpu: inout CPU) -> (SandboxResult.Stop, Int) {
        let end = request.origin &+ UInt32(clamping: request.code.count)
        var steps = 0
        while true {
            if cpu.isHalted { return (.halted, steps) }
            if cpu.eip == end { return (.end, steps) }
            if steps == request.stepLimit { return (.steps, steps) }
            let traps = cpu.eflags & Flags.trap != 0
            do throws(Exception) { try cpu.executeUndelivered() } catch { return (.exception(.init(error)), steps) }
            steps += 1
            if traps { return (.exception(.singleStep), steps) }
        }
    }

    private static func dump(_ area: SandboxRequest.Area, of cpu: borrowing CPU) -> [UInt8]? {
        let bytes = cpu.bytes(at: area.address, count: Int(area.size))
        return bytes.count == Int(area.size) ? bytes : nil
    }
}

extension SandboxResult.Fault {
    fileprivate init(_ exception: Exception) {
        self.init(
            vector: exception.vector.rawValue, errorCode: exception.errorCode, address: exception.address)
    }

    /// What TF causes behind an instruction.
    fileprivate static let singleStep = Self(
        vector: Exception.Vector.debug.rawValue, errorCode: nil, address: nil)
}
