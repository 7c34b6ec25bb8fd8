/// Why an `%include`d file may not be read, or cannot be.
public struct IncludeRefusal: Error, Hashable, Sendable {
    /// What is wrong with the file: `it is larger than 16 MiB`.
    public let reason: String
    /// What would work.
    public let note: String?

    /// A refusal, to be reported at the `%include`.
    public init(_ reason: String, note: String? = nil) {
        self.reason = reason
        self.note = note
    }
}
