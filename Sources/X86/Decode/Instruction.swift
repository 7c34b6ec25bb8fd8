/// A decoded instruction, flat and small, ready to execute again and again. 24 bytes.
///
/// The small fields are packed by hand: an instruction then travels in three machine registers, where a struct
/// of bytes would be taken apart and put together at every call. That is a third of the interpreter's speed.
struct Instruction {
    private var head: UInt64
    private var tail: UInt32
    /// Displacement of the memory operand, or the offset of a far pointer.
    var displacement: UInt32 = 0
    /// Immediate operand, sign-extended; a branch's distance; a far pointer's selector.
    var immediate: UInt32 = 0
    /// What a burst needs to know of it.
    var plain = PlainForm()

    init(operation: Operation = .undefined, length: UInt8 = 0) {
        head = 0
        tail = 0
        self.operation = operation
        self.length = length
        width = 4
        destination = .none
        source = .none
        segment = .ds
        base = RegisterFile.none
        index = RegisterFile.none
    }

    struct Prefixes: OptionSet {
        let rawValue: UInt8
        static let rep = Prefixes(rawValue: 1)
        static let repne = Prefixes(rawValue: 2)
        static let address16 = Prefixes(rawValue: 4)
        static let lock = Prefixes(rawValue: 8)
        /// A third operand lies in the immediate field (IMUL, SHLD, SHRD).
        static let hasImmediate = Prefixes(rawValue: 16)
    }
}

extension Instruction {
    var operation: Operation {
        // Only the setter writes this byte; the checked initialiser would cost a call for every instruction.
        @inline(__always) get { unsafeBitCast(byte(0), to: Operation.self) }
        set { setByte(0, newValue.rawValue) }
    }

    /// Bytes in the instruction, 1–15; zero in an empty slot of the cache.
    var length: UInt8 {
        @inline(__always) get { byte(1) }
        set { setByte(1, newValue) }
    }

    /// Operand size in bytes: 1, 2 or 4.
    var width: UInt8 {
        @inline(__always) get { byte(2) }
        set { setByte(2, newValue) }
    }

    /// Condition code of Jcc, SETcc and CMOVcc: the low four bits of the opcode.
    var condition: UInt8 {
        @inline(__always) get { byte(3) }
        set { setByte(3, newValue) }
    }

    var prefixes: Prefixes {
        @inline(__always) get { Prefixes(rawValue: byte(4)) }
        set { setByte(4, newValue.rawValue) }
    }

    var destination: Operand {
        @inline(__always) get { Operand(code: byte(5)) }
        set { setByte(5, newValue.code) }
    }

    var source: Operand {
        @inline(__always) get { Operand(code: byte(6)) }
        set { setByte(6, newValue.code) }
    }

    var segment: SegmentName {
        @inline(__always) get { unsafeBitCast(byte(7), to: SegmentName.self) }
        set { setByte(7, newValue.rawValue) }
    }

    var base: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: tail) }
        set { setTail(0, newValue) }
    }

    var index: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: tail >> 8) }
        set { setTail(8, newValue) }
    }

    /// log2 of the factor of the index.
    var scale: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: tail >> 16) }
        set { setTail(16, newValue) }
    }

    /// Number of the segment, control or debug register that the instruction names.
    var special: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: tail >> 24) }
        set { setTail(24, newValue) }
    }

    @inline(__always)
    private func byte(_ number: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: head >> (8 &* number)) }

    private mutating func setByte(_ number: UInt64, _ value: UInt8) {
        head = head & ~(0xFF << (8 * number)) | UInt64(value) << (8 * number)
    }

    private mutating func setTail(_ shift: UInt32, _ value: UInt8) {
        tail = tail & ~(0xFF << shift) | UInt32(value) << shift
    }
}
