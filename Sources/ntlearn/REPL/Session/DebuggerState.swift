import Debugger

/// What the debugger's words keep between two lines about one machine. It goes when the machine goes.
struct DebuggerState {
    /// The machine at hand with its past; made on first use.
    var timeline: Timeline?
    /// Where `u` and the dump words go on when they are given no address.
    var nextAddress: [String: UInt32] = [:]
    var breakpoints = BreakpointTable()
    /// Whose eyes the words have.
    var view = DebuggerView.kernel
    /// Where the next line is assembled while `a` takes lines.
    var assemblyAddress: UInt32?

    /// What the learner changed up to the present moment.
    var edits: EditLog { timeline?.edits ?? EditLog() }
}

/// What kind of debugger the words behave as.
enum DebuggerView: String, CaseIterable {
    /// It sees ring 3 alone: a step into the kernel ends behind it.
    case user
    /// It sees everything.
    case kernel
}
