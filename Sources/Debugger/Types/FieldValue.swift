/// What memory holds where a field lies, in WinDbg's words.
struct FieldValue {
    private let field: StructureType.Field
    private let address: UInt64

    init(_ field: StructureType.Field, at address: UInt64) {
        self.field = field
        self.address = address
    }

    func text(in context: some EvaluationContext) -> String { Self.text(field.type, field.size, address, context) }

    private static let unreadable = "????"

    private static func text(
        _ type: FieldType, _ size: Int, _ address: UInt64, _ context: some EvaluationContext
    ) -> String {
        switch type {
        case .unsigned(let bytes):
            guard let value = context.memory(at: address, size: bytes) else { return unreadable }
            return bytes == 1 ? "\(hex(value)) '\(printable(value))'" : hex(value)
        case .signed(let bytes):
            guard let value = context.memory(at: address, size: bytes) else { return unreadable }
            let shift = UInt64(64 - bytes * 8)
            let number = Int64(bitPattern: value << shift) >> Int64(shift)
            return bytes == 1 ? "\(number) '\(printable(value))'" : "\(number)"
        case .pointer(let target):
            guard let value = context.memory(at: address, size: 4) else { return unreadable }
            return value == 0 ? "(null)" : "0x\(digits(value, width: 8)) \(target)"
        case .structure(let name): return name
        case .array(let count, .structure(let name)): return "[\(count)] \(name)"
        case .array(let count, let element):
            return "[\(count)] " + (count == 0 ? "" : text(element, size, address, context))
        case .bits(let position, let count): return bits(position, count, address, size, context)
        }
    }

    private static func bits(
        _ position: Int, _ count: Int, _ address: UInt64, _ size: Int, _ context: some EvaluationContext
    ) -> String {
        let unit = [1, 2, 4, 8].first { $0 * 8 >= position + count && $0 >= min(size, 8) } ?? 8
        guard let value = context.memory(at: address, size: unit) else { return unreadable }
        let mask = count == 64 ? UInt64.max : (1 << UInt64(count)) - 1
        let number = String((value >> UInt64(position)) & mask, radix: 2)
        return "0y" + String(repeating: "0", count: max(0, count - number.count)) + number
    }

    private static func hex(_ value: UInt64) -> String { "0x\(String(value, radix: 16))" }

    private static func digits(_ value: UInt64, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func printable(_ value: UInt64) -> String {
        (0x20...0x7E).contains(value) ? String(UnicodeScalar(UInt8(value))) : ""
    }
}
