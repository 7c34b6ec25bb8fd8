import Debugger

/// What the debugger's words keep between two lines about one machine. It goes when the machine goes.
struct DebuggerState {
    /// The machine at hand; made on first use.
    var machine: Machine?
    /// Where `u` and the dump words go on when they are given no address.
    var nextAddress: [String: UInt32] = [:]
    var breakpoints = BreakpointTable()
    /// What the learner changed.
    var edits = EditLog()
    /// Where the next line is assembled while `a` takes lines.
    var assemblyAddress: UInt32?
}
