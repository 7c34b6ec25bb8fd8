/// Receives what happens inside instructions. The processor is compiled once for each tracer, so that
/// one that ignores everything costs nothing: effects are built only if `record` looks at them.
public protocol Tracer {
    /// Called for each effect, in order.
    mutating func record(_ effect: @autoclosure () -> Effect)

    /// Called before an instruction overwrites something that neither a register nor the system state shows.
    mutating func willOverwrite(_ state: @autoclosure () -> OverwrittenState)
}

extension Tracer {
    /// Most tracers look at effects only.
    @inline(__always)
    public mutating func willOverwrite(_ state: @autoclosure () -> OverwrittenState) {}
}

/// What was there before an instruction wrote, for whoever wants to undo it.
public enum OverwrittenState: Hashable, Sendable {
    /// RAM, by its physical address; `size` is 1, 2, 4 or 8 bytes.
    case memory(address: UInt32, size: UInt8, old: UInt64)
    /// A slot of the TLB; `rights` as the TLB keeps them.
    case translation(slot: UInt16, page: UInt32, frame: UInt32, rights: UInt8)
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
