import X86

/// What became of a few instructions.
public struct SandboxResult: Sendable {
    /// Why the run ended.
    public enum Stop: Hashable, Sendable {
        /// EIP reached the end of the code.
        case end
        /// The step limit was reached.
        case steps
        /// HLT was executed.
        case halted
        /// An exception was raised; nothing was delivered, and the registers are as it found them.
        case exception(Fault)
    }

    /// An exception as its handler would see it.
    public struct Fault: Hashable, Sendable {
        /// Its vector.
        public let vector: UInt8
        /// Its error code, if it has one.
        public let errorCode: UInt32?
        /// What CR2 would hold, of a page fault.
        public let address: UInt32?

        /// A fault with every part given.
        public init(vector: UInt8, errorCode: UInt32?, address: UInt32?) {
            self.vector = vector
            self.errorCode = errorCode
            self.address = address
        }
    }

    /// Why the run ended.
    public let stop: Stop
    /// How many instructions were completed.
    public let steps: Int
    /// The registers at the end.
    public let registers: RegisterState
    /// What was asked for, in order; `nil` for memory that is not mapped.
    public let dumps: [[UInt8]?]
}
