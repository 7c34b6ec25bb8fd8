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
    /// What `struc` laid out, in the order of the source.
    public var structures: [Structure]
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

    /// A structure: a layout without bytes.
    public struct Structure: Hashable, Sendable {
        /// Name, as `struc` gave it.
        public var name: String
        /// Size in bytes, the constant `NAME_size`.
        public var size: Int
        /// File of the `struc`.
        public var file: String
        /// Line of the `struc`, 1-based.
        public var line: Int
        /// The labels, in the order of the source.
        public var fields: [Field]

        /// A label in a structure.
        public struct Field: Hashable, Sendable {
            /// Name without the structure's and the dot.
            public var name: String
            /// What the label stands for, in bytes: from the structure's start, plus the offset that `struc` gave it.
            public var offset: Int
            /// Bytes reserved at the label; 0 if none are before the next label or the end.
            public var size: Int
            /// Comment at the end of the label's line, without the semicolon and spaces around it.
            public var comment: String?
        }
    }
}
