import Testing
import X86

/// The pages' checks against the processor itself.
@Suite("What a page says about checks is what the processor does")
struct FaultRuleTests {
    /// Every instruction with memory has these, and the page's sentence on memory says so.
    private static let operandChecks: Set<Check> = [
        .segmentLimit, .segmentNotWritable, .segmentNotReadable, .segmentNull, .pageAbsent, .misaligned,
    ]

    @Test("Whatever an instruction raises is on its page", arguments: InstructionSamples.names)
    func raised(name: String) throws {
        let page = try #require(InstructionReference.named(name))
        let rules = page.entries.flatMap(\.checks)
        let samples = try #require(InstructionSamples.samples(of: name, otherNames: page.otherNames))
        var generator = SeededGenerator(seed: 0x4641_554C)
        for sample in samples {
            // A refusal leaves ring 3 and may spoil the machine, so there are several.
            for ring in [UInt8(0), 3, 3, 3] {
                let trial = try InstructionTrial(sample, ring: ring)
                for _ in 0..<50 {
                    guard case .refused(let exception) = trial.run(&generator) else { continue }
                    if case .notImplemented = exception.check { continue }
                    let isKnown =
                        Self.operandChecks.contains(exception.check) || rules.contains { $0.matches(exception) }
                    #expect(isKnown, "\(sample) in ring \(ring): \(exception)")
                }
            }
        }
    }

    @Test("What a page keeps to ring 0 is refused in ring 3, and nothing else is")
    func ringZero() throws {
        let controls = ["mov eax, cr0", "mov cr3, eax", "mov dr0, eax", "mov eax, dr7"]
        for code in controls { #expect(try Self.refusal(code)?.check == .ringZeroOnly, "\(code)") }
        for (name, samples) in InstructionSamples.byMnemonic where name != "rdtsc" {  // CR4.TSD decides
            let entry = try #require(InstructionReference.named(name)?.entries.first)
            let code = try #require(samples.first?.split(separator: "\n").last)
            let isListed = entry.checks.contains { $0.check == .ringZeroOnly }
            #expect((try Self.refusal(String(code))?.check == .ringZeroOnly) == isListed, "\(name)")
        }
    }

    @Test("CLI, STI and ports need CPL <= IOPL, as their pages say, and nothing else does")
    func sensitive() throws {
        for (name, samples) in InstructionSamples.byMnemonic {
            let entry = try #require(InstructionReference.named(name)?.entries.first)
            let code = try #require(samples.first?.split(separator: "\n").last)
            let isListed = entry.checks.contains { $0.check == .inputOutputPrivilege }
            #expect((try Self.refusal(String(code))?.check == .inputOutputPrivilege) == isListed, "\(name)")
        }
    }

    @Test("LOCK is allowed exactly where the pages say so, and LOCK's own page lists those")
    func lock() throws {
        let list = try #require(InstructionReference.named("lock")?.entries.first?.detail.first)
        let words = Set(list.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        for (name, samples) in InstructionSamples.byMnemonic {
            let entry = try #require(InstructionReference.named(name)?.entries.first)
            let code = try #require(samples.first?.split(separator: "\n").last)
            let forms =
                entry.allowsLock ? ["\(name) [ebx], ecx", "\(name) dword [ebx]", "\(name) [ebx]"] : [String(code)]
            let bytes = try #require(
                forms.lazy.compactMap { try? TestMachine.assemble($0, at: TestMachine.Place.code + 1) }.first)
            let machine = try TestMachine("nop")
            machine.load([0xF0] + bytes, at: TestMachine.Place.code)
            machine[.ebx] = TestMachine.Place.data
            machine.step()
            let isRefused = machine.firstRefusal?.vector == .invalidOpcode
            #expect(isRefused == !entry.allowsLock, "\(name)")
            #expect(words.contains(name.uppercased()) == entry.allowsLock, "\(name) on the page of LOCK")
        }
    }

    /// What the instruction raises in ring 3, with IOPL 0 and the system calls enabled.
    private static func refusal(_ code: String) throws -> Exception? {
        let machine = try TestMachine(code, ring: 3, model: "athlon", setup: SystemCallSetup.both)
        for register in [Register.ebx, .esi, .edi] { machine[register] = TestMachine.Place.data }
        machine.step()
        return machine.firstRefusal
    }
}
