import Debugger
import X86

/// One thing that a step left behind.
enum StepChange: Equatable {
    case register(String, UInt32)
    case selector(String, UInt16)
    case flag(String, Bool)
    case memory(UInt32, size: UInt8, UInt64)
    /// Several values went to the stack.
    case pushes(Int)
    case control(UInt8, UInt32)
    case msr(UInt32, UInt64)
    case port(UInt16, size: UInt8, UInt32)
    /// Another task runs: the selectors of both TSSs. It replaces every register.
    case task(from: UInt16, to: UInt16)
    case branch(taken: Bool)

    /// As short as a column beside the instruction needs it.
    var short: String {
        switch self {
        case .register(let name, let value): "\(name)=\(Hex.digits(value))"
        case .selector(let name, let value): "\(name)=\(Hex.digits(UInt64(value), width: 4))"
        case .flag(let name, let isSet): "\(name)=\(isSet ? 1 : 0)"
        case .memory(let address, let size, let value):
            "[\(Hex.digits(address))]=\(Hex.digits(value, width: Int(size) * 2))"
        case .pushes(let count): "\(count) values pushed"
        case .control(let index, let value): "cr\(index)=\(Hex.digits(value))"
        case .msr(let index, let value): "msr \(Hex.manual(index))=\(Hex.digits(value, width: 8))"
        case .port(let number, let size, let value):
            "port \(Hex.manual(number))=\(Hex.digits(UInt64(value), width: Int(size) * 2))\(Self.character(number, value))"
        case .task(_, let new): "task=\(Hex.digits(UInt64(new), width: 4))"
        case .branch(let taken): taken ? "taken" : "not taken"
        }
    }

    /// As a part of a sentence.
    var spoken: String {
        switch self {
        case .register(let name, let value): "\(name) becomes \(Hex.digits(value))"
        case .selector(let name, let value): "\(name) becomes \(Hex.digits(UInt64(value), width: 4))"
        case .flag(let name, let isSet): "flag \(name) is \(isSet ? "set" : "cleared")"
        case .memory(let address, let size, let value):
            "memory at \(Hex.digits(address)) becomes \(Hex.digits(value, width: Int(size) * 2))"
        case .pushes(let count): "\(count) values are pushed"
        case .control(let index, let value): "cr\(index) becomes \(Hex.digits(value))"
        case .msr(let index, let value): "MSR \(Hex.manual(index)) becomes \(Hex.digits(value, width: 8))"
        case .port(let number, let size, let value):
            "port \(Hex.manual(number)) receives \(Hex.digits(UInt64(value), width: Int(size) * 2))"
                + Self.character(number, value)
        case .task(let old, let new): "task \(Hex.manual(old)) is saved in its TSS and task \(Hex.manual(new)) loaded"
        case .branch(let taken): taken ? "the branch is taken" : "the branch is not taken"
        }
    }

    /// What a guest prints is easier to read as a letter.
    private static func character(_ port: UInt16, _ value: UInt32) -> String {
        guard port == DebugConsole.port, (0x20...0x7E).contains(value), let scalar = Unicode.Scalar(value) else {
            return ""
        }
        return " '\(scalar)'"
    }
}
