import X86

/// Checkpoints along a run, thinned evenly when they become too many or too large.
struct CheckpointStore {
    struct Entry {
        let moment: Moment
        let checkpoint: Checkpoint
        /// What it keeps beyond the entry before it.
        var bytes: Int
    }

    /// Ascending; the first is the beginning of the recording and stays.
    private(set) var entries: [Entry] = []
    /// Steps between two checkpoints: the farthest that one must execute again.
    private(set) var spacing: Int
    private let limits: TimelineLimits

    init(_ limits: TimelineLimits) {
        self.limits = limits
        spacing = max(1, limits.finestSpacing)
    }

    /// Bytes of guest memory and tables that the checkpoints keep.
    var byteCount: Int { entries.reduce(0) { $0 + $1.bytes } }

    /// The last one that is not later than a moment.
    func last(upTo moment: Moment) -> Entry? { index(upTo: moment).map { entries[$0] } }

    /// The position of the last one that is not later than a moment.
    func index(upTo moment: Moment) -> Int? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].moment <= moment { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }

    func isDue(at step: Int) -> Bool { entries.last.map { step - $0.moment.step >= spacing } ?? true }

    mutating func add(_ checkpoint: Checkpoint, at moment: Moment) {
        let bytes = Self.overhead + checkpoint.bytesNotShared(with: entries.last?.checkpoint)
        entries.append(Entry(moment: moment, checkpoint: checkpoint, bytes: bytes))
        while entries.count > 2, entries.count > limits.mostCheckpoints || byteCount > limits.mostBytes { thin() }
    }

    mutating func removeAll(after moment: Moment) { entries.removeAll { $0.moment > moment } }

    /// The list of pages and the TLB of one checkpoint.
    private static let overhead = 48 << 10

    /// Drops every second one; from now on they come half as often.
    private mutating func thin() {
        spacing = spacing &* 2
        entries = entries.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        for index in entries.indices.dropFirst() {
            entries[index].bytes =
                Self.overhead + entries[index].checkpoint.bytesNotShared(with: entries[index - 1].checkpoint)
        }
    }
}

/// How much memory a timeline may take, and so how long it takes to go back.
public struct TimelineLimits: Hashable, Sendable {
    /// Steps between two checkpoints as long as there are few; doubled whenever there are too many.
    public var finestSpacing: Int
    /// The most checkpoints.
    public var mostCheckpoints: Int
    /// The most bytes of guest memory that checkpoints keep; two of them are kept in any case.
    public var mostBytes: Int

    /// The standard limits keep a recording of 100 million steps below 300 MB.
    public init(finestSpacing: Int = 1 << 16, mostCheckpoints: Int = 256, mostBytes: Int = 192 << 20) {
        self.finestSpacing = finestSpacing
        self.mostCheckpoints = mostCheckpoints
        self.mostBytes = mostBytes
    }
}
