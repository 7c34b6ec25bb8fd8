/// Receives what happens inside instructions. The processor is compiled once for each tracer, so that
/// one that ignores everything costs nothing: effects are built only if `record` looks at them.
public protocol Tracer {
    /// Called for each effect, in order.
    mutating func record(_ effect: @autoclosure () -> Effect)
}

/// Nobody is watching.
public struct NoTracer: Tracer {
    /// A tracer that ignores everything.
    public init() {}

    /// Does not even build the effect.
    @inline(__always)
    public mutating func record(_ effect: @autoclosure () -> Effect) {}
}

/// Keeps the effects in a list.
public struct EffectRecorder: Tracer {
    /// What was recorded, oldest first.
    public private(set) var effects: [Effect] = []

    /// An empty recorder.
    public init() {}

    /// Adds the effect to the list.
    @inline(__always)
    public mutating func record(_ effect: @autoclosure () -> Effect) { effects.append(effect()) }

    /// Forgets everything, keeping the storage.
    public mutating func removeAll() { effects.removeAll(keepingCapacity: true) }
}
