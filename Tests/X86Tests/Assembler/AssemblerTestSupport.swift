import Testing

import X86

/// The bytes of a source, as hexadecimal digits; what is wrong with it, if it does not assemble.
func assembled(_ source: String, symbols: [String: UInt32] = [:], origin: UInt32 = 0) -> String {
    do {
        let assembly = try Assembler(file: "t.asm", source: source, origin: origin, symbols: symbols).assemble()
        return hex(assembly.bytes)
    } catch {
        return error.description
    }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined(separator: " ")
}

/// What is wrong with a source; empty if nothing is.
func diagnostics(_ source: String, include: @escaping (String) -> String? = { _ in nil }) -> [AssemblerDiagnostic] {
    do {
        _ = try Assembler(file: "t.asm", source: source, include: include).assemble()
        return []
    } catch {
        return error.diagnostics
    }
}
