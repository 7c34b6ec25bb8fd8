import Debugger
import X86

/// An instruction's inside for the prompt: each rule of the manual with what was seen of it; sentences for a screen
/// reader.
struct ZoomPage {
    let zoom: Zoom
    let text: ZoomText

    /// - Parameters:
    ///   - instruction: the instruction as it is to be shown.
    ///   - columns: the terminal's width.
    init(_ zoom: Zoom, instruction: String, columns: Int, isPlain: Bool) {
        self.zoom = zoom
        self.instruction = instruction
        text = ZoomText(columns: columns, isPlain: isPlain)
    }

    private let instruction: String

    /// The page, ready to be printed.
    var lines: [StyledText] {
        let parts = zoom.parts.map(lines(of:))
        return ([heading] + parts + [closing]).filter { !$0.isEmpty }.joined(separator: text.isPlain ? [] : [""]).map(
            \.self)
    }

    private var heading: [StyledText] {
        let place = zoom.step.location.map { "\($0)" } ?? "no symbol"
        let address = Hex.digits(zoom.step.address)
        let title = StyledText("Inside ") + StyledText(instruction, .code)
        let summary = zoom.summary.map { text.paragraph(StyledText($0.prefix(1).uppercased() + $0.dropFirst() + ".")) }
        return text.paragraph(
            (title + StyledText(" in ring \(zoom.step.before.cpl) at \(place) (\(address))")).styled(.strong))
            + (summary ?? [])
    }

    private func lines(of part: Zoom.Part) -> [StyledText] {
        switch part {
        case .inside(let steps): ZoomSteps(text: text).lines(steps)
        case .fault(let fault): FaultPage(text: text).lines(fault)
        case .delivery(let delivery): DeliveryPage(text: text).lines(delivery)
        case .shutdown: text.paragraph(StyledText("No handler could be entered: the processor shuts down.", .bad))
        }
    }

    private var closing: [StyledText] {
        let touched = text.paragraph(StyledText("Accesses: ", .strong) + StyledText("\(zoom.counts.text)\(pages)."))
        let others = zoom.others.map { "For comparison, \($0.name): \($0.counts.text)." }
        let sources =
            zoom.sources.isEmpty
            ? [] : text.paragraph(StyledText("Source: \(zoom.sources.joined(separator: "; ")).", .dim))
        return touched + others.flatMap { text.paragraph(StyledText($0)) } + sources
    }

    private var pages: String {
        guard zoom.counts.pageEntries > 0 else { return "" }
        return "; besides, \(zoom.counts.pageEntries) entries of page tables that the TLB did not know"
    }
}
