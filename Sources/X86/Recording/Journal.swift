/// What it takes to undo the last instructions, one by one.
///
/// It keeps the general registers, EIP and EFLAGS before every step, what the step wrote to memory and to the TLB, and
/// the whole system state before steps that may change that. Its memory is bounded: the oldest steps are forgotten,
/// thousands at a time, and ``CPU/restore(_:)`` reaches what lies further back.
public final class Journal {
    /// Bytes that the journal may take, at least two chunks.
    public let memoryLimit: Int
    /// Steps that can be undone.
    public var count: Int { chunks.reduce(0) { $0 + $1.stepCount } }

    /// Oldest first; never empty.
    private(set) var chunks = [JournalChunk()]

    /// - Parameter memoryLimit: bytes; 64 MiB keep the last million instructions or more.
    public init(memoryLimit: Int = 64 << 20) {
        self.memoryLimit = max(memoryLimit, 2 * JournalChunk.size)
    }

    /// Forgets all steps. Whatever changes the processor other than by recorded steps must call this: a debugger's
    /// write, a restored checkpoint.
    public func removeAll() { chunks = [JournalChunk()] }

    var newest: JournalChunk { chunks[chunks.count - 1] }

    /// A chunk for further steps; the oldest one is used again if memory is short.
    func addChunk() -> JournalChunk {
        let mustReuse = (chunks.count + 1) * JournalChunk.size > memoryLimit
        let chunk = mustReuse ? chunks.removeFirst() : JournalChunk()
        chunk.removeAll()
        chunks.append(chunk)
        return chunk
    }

    /// The chunk of the last step, if there is a step; chunks behind it are dropped.
    func chunkToUndo() -> JournalChunk? {
        while chunks.count > 1, newest.stepCount == 0 { chunks.removeLast() }
        return newest.stepCount == 0 ? nil : newest
    }
}
