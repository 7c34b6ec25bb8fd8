import Testing
import X86

@Suite("The models on an instruction's page")
struct InstructionModelTests {
    @Test("SYSENTER is on the Pentium II, III and Athlon; on the others, the Pentium Pro among them, it is #UD")
    func systemEnter() throws {
        let entry = try #require(InstructionReference.named("sysenter")?.entries.first)
        #expect(entry.models.map(\.name) == ["pentium2", "pentium3", "athlon"])
        #expect(entry.modelsWithout.map(\.name) == ["486", "pentium", "pentium-pro", "k6", "k6-2"])
    }

    @Test("Each model refuses exactly the instructions whose pages say so", arguments: CPUModel.all.map(\.name))
    func executed(model: String) throws {
        for (name, samples) in InstructionSamples.byMnemonic {
            let page = try #require(InstructionReference.named(name))
            let entry = try #require(page.entries.first)
            let code = try #require(samples.first?.split(separator: "\n").last)
            let machine = try TestMachine(String(code), model: model)
            machine[.ebx] = TestMachine.Place.data
            machine.step()
            let isRefused = machine.effects.contains { effect in
                guard case .raise(let exception) = effect, case .notOnThisModel = exception.check else { return false }
                return exception.vector == .invalidOpcode
            }
            #expect(isRefused == entry.modelsWithout.map(\.name).contains(model), "\(name) on \(model)")
        }
    }
}
