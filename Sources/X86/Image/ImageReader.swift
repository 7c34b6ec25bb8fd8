/// Little-endian fields of a file, read without trust in its length.
struct ImageReader {
    let bytes: [UInt8]

    /// - Throws: if the file ends before the field does.
    func byte(at offset: Int, _ field: String) throws(ImageError) -> UInt8 {
        try require(1, at: offset, field)
        return bytes[offset]
    }

    /// - Throws: if the file ends before the field does.
    func word(at offset: Int, _ field: String) throws(ImageError) -> UInt16 {
        try require(2, at: offset, field)
        return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
    }

    /// - Throws: if the file ends before the field does.
    func doubleWord(at offset: Int, _ field: String) throws(ImageError) -> UInt32 {
        let low = try word(at: offset, field)
        let high = try word(at: offset + 2, field)
        return UInt32(low) | UInt32(high) << 16
    }

    /// - Throws: if the file does not hold so many bytes there.
    func slice(_ count: Int, at offset: Int, _ field: String) throws(ImageError) -> ArraySlice<UInt8> {
        try require(count, at: offset, field)
        return bytes[offset..<offset + count]
    }

    /// Compared by subtraction: a sum of two hostile numbers might overflow.
    private func require(_ count: Int, at offset: Int, _ field: String) throws(ImageError) {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
            throw ImageError(
                "the file is truncated: \(field) needs \(count) bytes at offset \(offset), but the file has \(bytes.count)",
                offset: offset)
        }
    }
}
