import Dispatch
import Synchronization

/// The results of `work` for 0 to `count` - 1, in this order, made on all processors.
func concurrently<Value: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Value) -> [Value] {
    let done = Mutex<[Int: Value]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { index in
        let value = work(index)
        done.withLock { $0[index] = value }
    }
    return done.withLock { done in (0..<count).compactMap { done[$0] } }
}
