/// What the guest's own exception handlers see: an interrupt vector, maybe an error code, and for a page
/// fault the address in CR2 (SDM vol. 3, 6.15). A guest's fault is never an error of this program.
public struct Exception: Error, Hashable, Sendable {
    /// The exceptions' vectors, with the names that the manuals give them.
    public enum Vector: UInt8, CaseIterable, Sendable {
        case divideError = 0
        case debug = 1
        case breakpoint = 3
        case overflow = 4
        case boundRange = 5
        case invalidOpcode = 6
        case deviceNotAvailable = 7
        case doubleFault = 8
        case invalidTSS = 10
        case segmentNotPresent = 11
        case stackFault = 12
        case generalProtection = 13
        case pageFault = 14
        case alignmentCheck = 17

        /// The mnemonic of the manuals: `#GP`.
        public var mnemonic: String {
            switch self {
            case .divideError: "#DE"
            case .debug: "#DB"
            case .breakpoint: "#BP"
            case .overflow: "#OF"
            case .boundRange: "#BR"
            case .invalidOpcode: "#UD"
            case .deviceNotAvailable: "#NM"
            case .doubleFault: "#DF"
            case .invalidTSS: "#TS"
            case .segmentNotPresent: "#NP"
            case .stackFault: "#SS"
            case .generalProtection: "#GP"
            case .pageFault: "#PF"
            case .alignmentCheck: "#AC"
            }
        }

        /// Reported before the instruction has any effect, so that it can be restarted (SDM vol. 3, table 6-1).
        /// Debug exceptions are of both kinds and counted as traps here; a double fault is an abort.
        var isFault: Bool {
            switch self {
            case .debug, .breakpoint, .overflow, .doubleFault: false
            default: true
            }
        }

        /// Faults that make a double fault when a second one strikes while the first is being delivered
        /// (SDM vol. 3, table 6-4).
        var isContributory: Bool {
            switch self {
            case .divideError, .invalidTSS, .segmentNotPresent, .stackFault, .generalProtection: true
            default: false
            }
        }
    }

    /// Which exception.
    public var vector: Vector
    /// The error code that is pushed for the handler, if this exception has one.
    public var errorCode: UInt32?
    /// The linear address that faulted: CR2 of a page fault.
    public var address: UInt32?
    /// Which rule of the manual was broken.
    public var check: Check

    init(_ vector: Vector, errorCode: UInt32? = nil, address: UInt32? = nil, _ check: Check) {
        self.vector = vector
        self.errorCode = errorCode
        self.address = address
        self.check = check
    }

    static func generalProtection(_ code: UInt32 = 0, _ check: Check) -> Exception {
        Exception(.generalProtection, errorCode: code, check)
    }

    static func invalidOpcode(_ check: Check) -> Exception { Exception(.invalidOpcode, check) }
}
