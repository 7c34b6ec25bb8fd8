import Foundation

/// Reads a file descriptor line by line in bounded memory, however long its lines are.
struct LineReader {
    private let descriptor: Int32
    private let limit: Int
    private var chunk: ArraySlice<UInt8> = []

    /// - Parameter limit: how many bytes of a line are kept; a longer line is returned with one byte more than that.
    init(descriptor: Int32, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// The next line without its LF or CR LF, or nil at the end of the file.
    mutating func next() -> [UInt8]? {
        var line: [UInt8] = []
        var sawBytes = false
        while !chunk.isEmpty || refill() {
            sawBytes = true
            let end = chunk.firstIndex(of: UInt8(ascii: "\n"))
            line += chunk[..<(end ?? chunk.endIndex)].prefix(limit + 1 - line.count)
            chunk = end.map { chunk[($0 + 1)...] } ?? []
            if end != nil { break }
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return sawBytes ? line : nil
    }

    /// Reads more. False at the end of the file, and when the descriptor cannot be read, which ends it just as well.
    private mutating func refill() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var count = -1
        repeat { count = read(descriptor, &bytes, bytes.count) } while count < 0 && errno == EINTR
        chunk = bytes.prefix(max(count, 0))
        return count > 0
    }
}
