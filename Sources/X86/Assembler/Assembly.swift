/// What a source assembled to.
public struct Assembly: Sendable {
    /// The flat binary, exactly what `nasm -f bin` writes.
    public var bytes: [UInt8]
    /// Address of the first byte of `bytes`.
    public var origin: UInt32
    /// The sections that the source names, in the order of the file, the `nobits` ones last.
    public var sections: [Section]
    /// Labels, in the order of their definition.
    public var symbols: [Symbol]
    /// `equ` constants that are plain numbers, in the order of their definition.
    public var constants: [Constant]
    /// What each source line put into the image, in the order of the source.
    public var listing: [Line]

    /// A stretch of the image.
    public struct Section: Hashable, Sendable {
        /// Name, as `section` gave it.
        public var name: String
        /// Offset of the first byte in `Assembly.bytes`; nil for `nobits`.
        public var fileOffset: Int?
        /// Address that the section's labels count from (`vstart`).
        public var address: UInt32
        /// Size in bytes.
        public var size: Int
    }

    /// A label.
    public struct Symbol: Hashable, Sendable {
        /// Full name: a local label carries its parent's (`parent.local`).
        public var name: String
        /// Address.
        public var address: UInt32
        /// File of the definition.
        public var file: String
        /// Line of the definition, 1-based.
        public var line: Int
    }

    /// An `equ` constant.
    public struct Constant: Hashable, Sendable {
        /// Name.
        public var name: String
        /// Value.
        public var value: Int64
    }

    /// The bytes of one source line.
    public struct Line: Hashable, Sendable {
        /// File; for a macro expansion that of the call.
        public var file: String
        /// Line, 1-based; for a macro expansion that of the call.
        public var line: Int
        /// Address of the first byte.
        public var address: UInt32
        /// The bytes.
        public var bytes: [UInt8]
    }
}
