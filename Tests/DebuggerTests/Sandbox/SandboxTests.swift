import Debugger
import Testing
import X86

@Suite("The sandbox")
struct SandboxTests {
    private func request(_ code: [UInt8], ring: UInt8 = 3, model: String = "pentium2") throws -> SandboxRequest {
        var request = SandboxRequest(model: try #require(CPUModel.named(model)), code: code)
        request.ring = ring
        return request
    }

    private func fault(_ vector: UInt8, _ code: UInt32? = nil, _ address: UInt32? = nil) -> SandboxResult.Stop {
        .exception(.init(vector: vector, errorCode: code, address: address))
    }

    @Test("Code runs in the ring that was asked for, in flat segments of that privilege", arguments: UInt8(0)...3)
    func rings(ring: UInt8) throws {
        let result = try Sandbox.run(try request([0x40], ring: ring))  // inc eax
        #expect(result.stop == .end)
        #expect(result.registers[.eax] == 1)
        #expect(result.registers.cpl == ring)
        #expect(result.registers[.cs] & 3 == UInt16(ring))
        #expect(result.registers[.ss] & 3 == UInt16(ring))
    }

    @Test("Rings 0 and 3 have NT's selectors")
    func selectors() throws {
        let kernel = try Sandbox.run(try request([0x90], ring: 0)).registers
        #expect((kernel[.cs], kernel[.ss], kernel[.ds]) == (0x08, 0x10, 0x10))
        let user = try Sandbox.run(try request([0x90])).registers
        #expect((user[.cs], user[.ss], user[.ds]) == (0x1B, 0x23, 0x23))
    }

    @Test("CLI, HLT and MOV CR3 are for ring 0 alone", arguments: [[0xFA], [0xF4], [0x0F, 0x22, 0xD8]] as [[UInt8]])
    func privilege(code: [UInt8]) throws {
        #expect(try Sandbox.run(try request(code)).stop == fault(13, 0))
    }

    @Test("Registers, flags and memory start as they were asked for")
    func state() throws {
        var request = try request([0x8B, 0x06])  // mov eax, [esi]
        request.registers = [.esi: 0x50_0FFE, .edi: 7]
        request.eflags = 0x246
        request.maps = [.init(address: 0x50_0FFE, size: 4)]
        request.contents = [.init(address: 0x50_0FFE, bytes: [0x78, 0x56, 0x34, 0x12])]
        request.dumps = [.init(address: 0x50_0FFE, size: 4), .init(address: 0x50_2000, size: 1)]
        let result = try Sandbox.run(request)
        #expect(result.registers[.eax] == 0x1234_5678)
        #expect(result.registers[.edi] == 7)
        #expect(result.registers.eflags == 0x246)
        #expect(result.dumps == [[0x78, 0x56, 0x34, 0x12], nil])
    }

    @Test(
        "No page but those asked for is present, in any ring",
        arguments: [0, 0x1000, 0x2000, 0x3000, 0x3F_FFFF, 0x40_1000, 0x8040_0000, 0x8040_0100, 0xFFFF_FFFF] as [UInt32],
        [0, 3] as [UInt8])
    func nothingElse(address: UInt32, ring: UInt8) throws {
        var request = try request([0x8A, 0x06], ring: ring)  // mov al, [esi]
        request.registers = [.esi: address]
        #expect(try Sandbox.run(request).stop == fault(14, ring == 3 ? 4 : 0, address))
    }

    @Test("A map may cover any page, the one that the sandbox starts from included")
    func mapEverywhere() throws {
        var request = try request([0x88, 0x06, 0x8A, 0x1E])  // mov [esi], al; mov bl, [esi]
        request.registers = [.eax: 0x5A, .esi: 0x8040_0000]
        request.maps = [.init(address: 0x8040_0000, size: 0x1000)]
        let result = try Sandbox.run(request)
        #expect(result.stop == .end)
        #expect(result.registers[.ebx] == 0x5A)
    }

    @Test("A run ends at the end of the code, at the step limit, at HLT, or at an exception")
    func stops() throws {
        var loop = try request([0xEB, 0xFE])
        loop.stepLimit = 10
        #expect(try Sandbox.run(loop).stop == .steps)
        #expect(try Sandbox.run(loop).steps == 10)
        #expect(try Sandbox.run(try request([0xF4], ring: 0)).stop == .halted)
        #expect(try Sandbox.run(try request([0x0F, 0x0B])).stop == fault(6))
        #expect(try Sandbox.run(try request([0xEB, 0x00])).stop == .end)
    }

    @Test("Each round of a repeated instruction is a step")
    func rounds() throws {
        var request = try request([0xF3, 0xAA])  // rep stosb
        request.registers = [.eax: 0x41, .ecx: 5, .edi: 0x50_0000]
        request.maps = [.init(address: 0x50_0000, size: 16)]
        request.dumps = [.init(address: 0x50_0000, size: 6)]
        request.stepLimit = 3
        let result = try Sandbox.run(request)
        #expect(result.stop == .steps)
        #expect(result.registers[.ecx] == 2)
        #expect(result.dumps == [[0x41, 0x41, 0x41, 0, 0, 0]])
    }

    @Test("An exception leaves the registers as it found them, and counts no step")
    func exception() throws {
        var request = try request([0x40, 0x50])  // inc eax; push eax
        request.registers = [.esp: 0x60_0000]
        let result = try Sandbox.run(request)
        #expect(result.stop == fault(14, 6, 0x5F_FFFC))
        #expect(result.steps == 1)
        #expect(result.registers[.esp] == 0x60_0000)
        #expect(result.registers.eip == 0x40_0001)
    }

    @Test("TF is a debug exception behind the first instruction")
    func singleStep() throws {
        var request = try request([0x90, 0x90])
        request.eflags = 0x302
        let result = try Sandbox.run(request)
        #expect(result.stop == fault(1))
        #expect(result.steps == 1)
        #expect(result.registers.eip == 0x40_0001)
    }

    @Test("INT finds an empty IDT")
    func interrupt() throws {
        #expect(try Sandbox.run(try request([0xCD, 0x2E])).stop == fault(13, 0x172))
    }

    @Test("A model without an instruction raises #UD", arguments: [("k6-2", "486"), ("athlon", "pentium")])
    func models(with: String, without: String) throws {
        // In ring 0 with EFER.SCE clear, SYSCALL is #UD as well; CMOV tells athlon from pentium, MSRs k6-2 from 486.
        let code: [UInt8] = with == "athlon" ? [0x0F, 0x44, 0xC0] : [0x0F, 0x32]
        #expect(try Sandbox.run(try request(code, ring: 0, model: without)).stop == fault(6))
        #expect(try Sandbox.run(try request(code, ring: 0, model: with)).stop != fault(6))
    }

    @Test("Too much of anything is refused")
    func bounds() throws {
        var hungry = try request([0x90])
        hungry.maps = [.init(address: 0, size: .max)]
        #expect(throws: SandboxError.self) { try Sandbox.run(hungry) }
        hungry.maps = (0..<2000).map { .init(address: $0 << 20, size: 0x4000) }
        #expect(throws: SandboxError.self) { try Sandbox.run(hungry) }
        hungry.maps = [.init(address: .max, size: 2)]
        #expect(throws: SandboxError.self) { try Sandbox.run(hungry) }
        var patient = try request([0x90])
        patient.stepLimit = .max
        #expect(throws: SandboxError.self) { try Sandbox.run(patient) }
        var wide = try request([0x90])
        wide.dumps = [.init(address: 0, size: .max)]
        #expect(throws: SandboxError.self) { try Sandbox.run(wide) }
        #expect(throws: SandboxError.self) { try Sandbox.run(try request([])) }
        #expect(throws: SandboxError.self) { try Sandbox.run(try request([0x90], ring: 4)) }
    }

    @Test("Code at the edges of the address space runs", arguments: [0, 0xFFFF_F000, 0x7FFF_FFFE] as [UInt32])
    func edges(origin: UInt32) throws {
        var request = try request([0x40, 0x40, 0x40, 0x40])
        request.origin = origin
        let result = try Sandbox.run(request)
        #expect(result.stop == .end)
        #expect(result.registers[.eax] == 4)
    }
}
