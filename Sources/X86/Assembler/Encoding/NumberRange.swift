/// Which numbers fit in a field.
enum NumberRange {
    /// Signed or unsigned, `size` bytes hold it.
    static func fits(_ value: Int64, size: Int) -> Bool {
        guard size < 8 else { return true }
        let bits = Int64(size * 8)
        return value >= -(1 << (bits - 1)) && value < (1 << bits)
    }

    /// The low `size` bytes, read as signed.
    static func signed(_ value: Int64, size: Int) -> Int64 {
        let shift = Int64(64 - size * 8)
        return (value << shift) >> shift
    }

    static func name(_ size: Int) -> String {
        switch size {
        case 1: "a byte"
        case 2: "a word"
        case 4: "a dword"
        default: "a qword"
        }
    }
}
