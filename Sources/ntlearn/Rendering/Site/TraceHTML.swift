import Debugger
import LessonEngine
import Lessons
import X86

/// A trace on a page: the list, the two lanes, and what the lesson watches.
struct TraceHTML {
    /// Columns of a page on a desk, and of one on a phone.
    private static let widths = (desk: 92, phone: 44)

    let block: TraceBlock

    /// The figure, or a sentence that says why there is none.
    func html() -> String {
        do throws(MachineError) {
            let prepared = try block.prepare()
            let trace = prepared.machine.trace(to: prepared.end, budget: TraceBlock.budget)
            let symbols = prepared.machine.symbols
            let list = both(trace) { TraceListRenderer(columns: $0, isPlain: false, symbols: symbols) }
            let lanes = both(trace) { LanesRenderer(columns: $0, isPlain: false, symbols: symbols) }
            return "<figure class=\"trace\" id=\"\(block.id)\"><figcaption>\(caption)</figcaption>\(list)"
                + watched(on: prepared.machine)
                + "<details><summary>The same as lanes</summary>\(lanes)</details></figure>"
        } catch {
            return "<p class=\"problem\">This trace cannot run: \("\(error)".escapedForHTML)</p>"
        }
    }

    private var caption: String {
        let machine = block.request.machine
        return "A run on <code>\(machine.machine.escapedForHTML)</code>"
            + (machine.cpu.map { ", <code>\($0.escapedForHTML)</code>" } ?? "")
    }

    /// Both widths; the style sheet shows the one that fits.
    private func both(_ trace: Trace, _ renderer: (Int) -> some StepRenderer) -> String {
        pre(trace, renderer(Self.widths.desk), "desk") + pre(trace, renderer(Self.widths.phone), "phone")
    }

    private func pre(_ trace: Trace, _ renderer: some StepRenderer, _ name: String) -> String {
        var renderer = renderer
        var lines: [StyledText] = []
        for (index, step) in trace.steps.enumerated() {
            let after = index + 1 < trace.steps.count ? trace.steps[index + 1].before : trace.after
            lines += renderer.lines(for: step, after: after)
        }
        lines += renderer.finish()
        return "<pre class=\"\(name)\" tabindex=\"0\">\(StyledHTML.html(lines))</pre>"
    }

    private func watched(on machine: Machine) -> String {
        guard !block.watch.isEmpty else { return "" }
        let values = block.watch.map { name in
            let value = (try? machine.evaluate(name)).map { NumberFormat.padded($0, to: Machine.digits(of: name)) }
            return "<div><dt><code>\(name.escapedForHTML)</code></dt><dd>\(value ?? "unknown")</dd></div>"
        }
        return "<dl class=\"watch\">\(values.joined())</dl>"
    }
}
