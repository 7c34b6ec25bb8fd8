/// Port E9h: what a guest writes there appears on the host, as on Bochs and QEMU.
public struct DebugConsole: Sendable {
    /// The port's number.
    public static let port: UInt16 = 0xE9
    /// A guest that writes for ever must not fill the host's memory.
    private static let capacity = 1 << 20

    /// The bytes written so far, at most a mebibyte.
    public private(set) var bytes: [UInt8] = []

    mutating func replace(with bytes: [UInt8]) { self.bytes = bytes }

    /// Takes back what was written last.
    mutating func truncate(to count: Int) {
        if count < bytes.count { bytes.removeLast(bytes.count - count) }
    }

    mutating func append(_ byte: UInt8) {
        if bytes.count < Self.capacity { bytes.append(byte) }
    }
}
