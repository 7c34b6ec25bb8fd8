import Debugger
import X86

/// The inside of the instructions that crossed a ring's border or faulted, one page after the other.
struct CrossingZooms {
    /// What is to be printed.
    private(set) var lines: [StyledText] = []
    private var count = 0
    /// More than anyone reads.
    private static let most = 50

    mutating func add(_ step: TraceStep, on machine: Machine, _ terminal: Terminal) {
        guard RingCrossing(step) != nil || step.exception != nil else { return }
        count += 1
        guard count <= Self.most else {
            if count == Self.most + 1 {
                lines += ["", StyledText("More than \(Self.most) crossings; the others are not opened.")]
            }
            return
        }
        let page = ZoomPage(
            Zoom(step, names: PlaceNames(guest: machine)),
            instruction: StepText(symbols: machine.symbols).text(of: step), columns: terminal.columns,
            isPlain: terminal.isPlain)
        lines += [""] + page.lines
    }
}
