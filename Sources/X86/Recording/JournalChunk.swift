/// A stretch of a journal, in three flat buffers.
final class JournalChunk {
    static let mostSteps = 1 << 16
    static let mostOverwrites = 1 << 16
    static let mostSystemStates = 1 << 11
    /// More than any one step overwrites: a flush of the TLB and the frames of three handlers are the worst.
    static let roomForStep = 1 << 13

    static let size =
        mostSteps * MemoryLayout<JournaledStep>.stride + mostSystemStates * MemoryLayout<SystemState>.stride
        + (mostOverwrites + roomForStep) * MemoryLayout<Overwrite>.stride

    let steps: UnsafeMutablePointer<JournaledStep>
    var stepCount = 0
    let overwrites: UnsafeMutablePointer<Overwrite>
    var overwriteCount = 0
    let systemStates: UnsafeMutablePointer<SystemState>
    var systemStateCount = 0

    init() {
        steps = .allocate(capacity: Self.mostSteps)
        overwrites = .allocate(capacity: Self.mostOverwrites + Self.roomForStep)
        systemStates = .allocate(capacity: Self.mostSystemStates)
    }

    deinit {
        steps.deallocate()
        overwrites.deallocate()
        systemStates.deallocate()
    }

    func removeAll() {
        stepCount = 0
        overwriteCount = 0
        systemStateCount = 0
    }
}

/// The registers before a step. 48 bytes.
struct JournaledStep {
    var general: RegisterFile.Packed
    var eip: UInt32
    var flags: UInt32
    /// How many overwrites the chunk had.
    var overwrites: UInt32
    var boundary: InstructionBoundary
    /// The last of the chunk's system states belongs to this step.
    var hasSystemState: Bool
}

/// An `OverwrittenState` in 16 bytes.
struct Overwrite {
    private let old: UInt64
    private let address: UInt32
    private let slot: UInt16
    /// Zero for a slot of the TLB.
    private let size: UInt8
    private let rights: UInt8

    @inline(__always)
    init(_ state: OverwrittenState) {
        switch state {
        case .memory(let address, let size, let old):
            self.old = old
            self.address = address
            self.size = size
            slot = 0
            rights = 0
        case .translation(let slot, let page, let frame, let rights):
            old = UInt64(frame)
            address = page
            size = 0
            self.slot = slot
            self.rights = rights
        }
    }

    var state: OverwrittenState {
        guard size == 0 else { return .memory(address: address, size: size, old: old) }
        return .translation(slot: slot, page: address, frame: UInt32(truncatingIfNeeded: old), rights: rights)
    }
}
