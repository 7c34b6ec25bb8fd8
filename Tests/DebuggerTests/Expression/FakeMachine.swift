import Debugger

/// A machine that is nothing but tables.
struct FakeMachine: EvaluationContext {
    var registers: [String: UInt64] = [
        "eax": 0x1122_3344, "ebx": 0x10, "ecx": 2, "edx": 3, "esi": 4, "edi": 5, "ebp": 0x12_FF80, "esp": 0x12_FF00,
        "eip": 0x77F5_C0A8, "eflags": 0x3246, "cs": 0x1B, "cpl": 3,
    ]
    var symbols: [String: UInt64] = [
        "nt!KiSystemService": 0x8046_4770, "KiSystemService": 0x8046_4770, "nt!face": 0x8040_0000, "face": 0x8040_0000,
        "ch": 0x8041_0000,
    ]
    var bytes: [UInt64: UInt8] = [:]
    var msrs: [UInt32: UInt64] = [0x174: 8, 0x176: 0x8046_4800]

    func register(_ name: String) -> UInt64? { registers[name] }
    func symbol(_ name: String) -> UInt64? { symbols[name] }
    func msr(_ index: UInt32) -> UInt64? { msrs[index] }

    func memory(at address: UInt64, size: Int) -> UInt64? {
        var value: UInt64 = 0
        for index in 0..<size {
            guard let byte = bytes[address &+ UInt64(index)] else { return nil }
            value |= UInt64(byte) << UInt64(8 * index)
        }
        return value
    }

    func suggestions(for name: String) -> [String] {
        name.lowercased().hasPrefix("kisystemserv") ? ["nt!KiSystemService"] : []
    }

    mutating func store(_ contents: [UInt8], at address: UInt64) {
        for (index, byte) in contents.enumerated() { bytes[address + UInt64(index)] = byte }
    }
}

/// Evaluates on a fake machine.
func value(
    _ text: String, radix: Int = 16, on machine: FakeMachine = FakeMachine()
) throws(ExpressionError) -> UInt64 {
    try Expression(text, radix: radix).evaluate(in: machine)
}

/// The error that an expression ends in, or `nil` if it has a value.
func failure(of text: String, radix: Int = 16, on machine: FakeMachine = FakeMachine()) -> ExpressionError? {
    do throws(ExpressionError) {
        _ = try value(text, radix: radix, on: machine)
        return nil
    } catch {
        return error
    }
}
