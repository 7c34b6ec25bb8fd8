import Foundation
import Testing
import X86

@Suite("The guest images, compared with NASM", .enabled(if: NasmOracle.isInstalled, "needs nasm"))
struct NasmImageTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("content/machines")

    static let images: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".asm") }.sorted()
    }()

    @Test("An image has the same size and the same disassembly from both assemblers", arguments: images)
    func sameImage(name: String) throws {
        let source = try text(name)
        let nasm = try #require(try NasmOracle.assemble(source, includes: Self.folder.path), "nasm refuses this")
        let ours = try Assembler(file: name, source: source, include: { try? text($0) }).assemble().bytes
        #expect(ours.count == nasm.count)
        #expect(NasmOracle.disassembly(of: ours) == NasmOracle.disassembly(of: nasm))
    }

    @Test("So has a test image", arguments: TestImage.names)
    func sameTestImage(name: String) throws {
        let source = "MASK_RF equ 1\n" + (try TestImage.text("\(name).asm"))
        let nasm = try #require(
            try NasmOracle.assemble(source, includes: TestImage.folder.path), "nasm refuses this")
        let ours = try TestImage(named: name, hidesResumeFlag: true).bytes
        #expect(ours.count == nasm.count)
        #expect(NasmOracle.disassembly(of: ours) == NasmOracle.disassembly(of: nasm))
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    }
}
