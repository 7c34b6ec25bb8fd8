import Synchronization

/// Values that are costly to make and are wanted again soon, on any thread. Each is made once, however many threads ask
/// for it at the same time.
final class SharedValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// A place for one value; held while the value is made.
    private final class Cell: Sendable {
        let value = Mutex<Value?>(nil)
    }

    private struct Cells {
        var known: [Key: (cell: Cell, lastUse: Int)] = [:]
        var uses = 0
    }

    private let cells = Mutex(Cells())
    private let capacity: Int

    /// - Parameter capacity: how many values to keep at most; those that were not used for longest go first.
    init(capacity: Int) { self.capacity = capacity }

    /// The value under a key. An error of `make` is not kept.
    func value<Failure: Error>(
        _ key: Key, make: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let cell = cell(of: key)
        return try cell.value.withLock { (known) throws(Failure) -> Value in
            if let known { return known }
            let value = try make()
            known = value
            return value
        }
    }

    private func cell(of key: Key) -> Cell {
        cells.withLock { cells in
            cells.uses += 1
            let cell = cells.known[key]?.cell ?? Cell()
            cells.known[key] = (cell, cells.uses)
            if cells.known.count > capacity { dropOldest(&cells) }
            return cell
        }
    }

    /// Drops a quarter at once, so that looking for the oldest is rare.
    private func dropOldest(_ cells: inout Cells) {
        let oldest = cells.known.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(max(1, capacity / 4))
        for entry in oldest { cells.known[entry.key] = nil }
    }
}
