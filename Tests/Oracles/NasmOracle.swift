import CZydis
import Foundation
import X86

/// NASM itself, as the judge of what our assembler writes.
enum NasmOracle {
    /// Path of the `nasm` program, if there is one.
    static let program: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { "\($0)/nasm" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }()

    static var isInstalled: Bool { program != nil }

    /// What `nasm -f bin` makes of a source; nil if it refuses it.
    static func assemble(_ source: String, includes: String? = nil) throws -> [UInt8]? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nasm-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("source.asm")
        let output = folder.appendingPathComponent("source.bin")
        try Data(source.utf8).write(to: input)
        guard try run(["-f", "bin", "-o", output.path, "-i", (includes ?? folder.path) + "/", input.path]) else {
            return nil
        }
        return Array(try Data(contentsOf: output))
    }

    private static func run(_ arguments: [String]) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program ?? "/nonexistent/nasm")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// What our assembler makes of it; nil if it refuses it.
    static func ours(_ source: String) -> [UInt8]? {
        try? Assembler(file: "source.asm", source: source).assemble().bytes
    }

    /// Each instruction in turn, its length and its text; bytes that are none stand for themselves.
    static func disassembly(of code: [UInt8]) -> [String] {
        var lines: [String] = []
        var offset = 0
        while offset < code.count {
            var instruction = ZydisDisassembledInstruction()
            let rest = Array(code[offset...].prefix(15))
            let status = ZydisDisassembleIntel(
                ZYDIS_MACHINE_MODE_LEGACY_32, ZyanU64(offset), rest, ZyanUSize(rest.count), &instruction)
            guard ntlearn_zyan_success(status) else {
                lines.append("db \(code[offset])")
                offset += 1
                continue
            }
            let text = withUnsafeBytes(of: &instruction.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            lines.append("\(instruction.info.length) \(text)")
            offset += Int(instruction.info.length)
        }
        return lines
    }
}
