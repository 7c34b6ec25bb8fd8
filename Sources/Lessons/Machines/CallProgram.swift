/// Calls of system services as a program in assembly text.
struct CallProgram {
    /// The program, without its `program@main` label.
    let source: String

    /// Bytes of a variable whose size is not given: a LARGE_INTEGER fits.
    private static let variableSize = 8

    /// - Throws: a service that the machine does not have, or a wrong number of arguments.
    init(_ calls: [ServiceCall], for file: MachineFile) throws(MachineError) {
        var code: [String] = []
        var data: [String] = []
        let variables = Self.variables(of: calls)
        for (index, call) in calls.enumerated() {
            do throws(MachineError) {
                code += try Self.code(of: call, index, file, variables)
            } catch {
                var located = error
                located.call = index
                throw located
            }
            data += Self.texts(of: call, index)
        }
        let slots = variables.flatMap { ["align 8, db 0", "program@\($0.name): times \($0.size) db 0"] }
        source = (code + Self.end(of: file) + ["align 4, db 0"] + data + slots).joined(separator: "\n") + "\n"
    }

    private static func code(
        of call: ServiceCall, _ index: Int, _ file: MachineFile, _ variables: [(name: String, size: Int)]
    ) throws(MachineError) -> [String] {
        let stub = try file.stub(for: call)
        var code: [String] = []
        for (position, argument) in call.arguments.enumerated().reversed() {
            code.append("    push \(try operand(argument, label(index, position), variables))")
        }
        return code + ["    call \(stub)", "program@return\(index + 1):"]
    }

    private static func texts(of call: ServiceCall, _ index: Int) -> [String] {
        call.arguments.enumerated().flatMap { position, argument -> [String] in
            guard case .string(let text) = argument else { return [] }
            return unicodeString(text, label(index, position))
        }
    }

    private static func label(_ call: Int, _ argument: Int) -> String {
        "program@string\(call + 1)_\(argument + 1)"
    }

    private static func operand(
        _ argument: ServiceCall.Argument, _ label: String, _ variables: [(name: String, size: Int)]
    ) throws(MachineError) -> String {
        switch argument {
        case .number(let value): return "\(value)"
        case .string: return label
        case .address(let name, _): return "program@\(name)"
        case .value(let name):
            guard variables.contains(where: { $0.name == name }) else { throw unknownVariable(name) }
            return "dword [program@\(name)]"
        }
    }

    private static func unknownVariable(_ name: String) -> MachineError {
        let isNumber = name.lowercased().hasSuffix("h") && UInt32(name.dropLast(), radix: 16) != nil
        return MachineError(
            "\"\(name)\" is neither a number nor a variable",
            note: isNumber
                ? "a hexadecimal number begins with a digit: 0\(name)"
                : "a call gives a variable its room and its value: NtQuerySystemTime(&\(name))")
    }

    /// Every `&name` once, in the order of the calls, with the largest size that is asked for.
    static func variables(of calls: [ServiceCall]) -> [(name: String, size: Int)] {
        var variables: [(name: String, size: Int)] = []
        for case .address(let name, let size) in calls.flatMap(\.arguments) {
            if let known = variables.firstIndex(where: { $0.name == name }) {
                variables[known].size = max(variables[known].size, size ?? 0)
            } else {
                variables.append((name, size ?? variableSize))
            }
        }
        return variables
    }

    /// The last call's status becomes the process's. A machine without such a service ends by a fault: HLT in ring 3.
    private static func end(of file: MachineFile) -> [String] {
        guard file.hasStub("NtTerminateProcess") else { return ["    hlt"] }
        return ["    push eax", "    push -1", "    call ntdll@NtTerminateProcess"]
    }

    /// UNICODE_STRING: length and capacity in bytes, then the address of the UTF-16 text.
    private static func unicodeString(_ text: String, _ label: String) -> [String] {
        let units = text.utf16.map { "\($0)" }
        let size = units.count * 2
        let characters = units.isEmpty ? [] : ["    dw \(units.joined(separator: ", "))"]
        return ["\(label):", "    dw \(size), \(size)", "    dd \(label)_text", "\(label)_text:"] + characters
            + ["align 4, db 0"]
    }
}
