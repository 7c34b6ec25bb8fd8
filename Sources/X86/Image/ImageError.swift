/// Why a file is no image that the machine can boot.
public struct ImageError: Error, Hashable, Sendable {
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// The file offset, in bytes, of what is wrong, if it has a place.
    public let offset: Int?
    /// What would work, when there is something to say.
    public let note: String?

    /// - Parameters:
    ///   - message: what is wrong.
    ///   - offset: where in the file, in bytes.
    ///   - note: what would work.
    public init(_ message: String, offset: Int? = nil, note: String? = nil) {
        self.message = message
        self.offset = offset
        self.note = note
    }
}

extension ImageError: CustomStringConvertible {
    /// The message, the file offset in hexadecimal, and the note.
    public var description: String {
        let place = offset.map { " at file offset 0x\(String($0, radix: 16))" } ?? ""
        return message + place + (note.map { " (\($0))" } ?? "")
    }
}
