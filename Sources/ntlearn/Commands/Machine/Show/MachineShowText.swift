import Debugger
import Lessons
import X86

/// What `ntlearn machine show` prints for people, at most 80 columns wide where names allow it.
struct MachineShowText {
    let portrait: MachinePortrait
    /// For screen readers: what stands in columns becomes a list with commas.
    let isPlain: Bool

    init(_ portrait: MachinePortrait, isPlain: Bool) {
        self.portrait = portrait
        self.isPlain = isPlain
    }

    var machine: Machine { portrait.machine }

    var lines: [StyledText] {
        head + section("Way into the kernel", wayIn) + section("Why this one", reasons) + section("MSRs", msrs)
            + section("Service tables", services) + section("Memory", memory) + section("GDT", descriptors)
            + section("IDT", gates) + section("TSS", task)
    }

    private var head: [StyledText] {
        let model = portrait.model
        return [StyledText("\(portrait.file.name): \(portrait.file.title)", .heading)]
            + ["on \(model.name), \(model.title). \(ending)"].flatMap { StyledText($0).wrapped(to: 78) }
    }

    /// How the boot ended, and after how many instructions.
    private var ending: String {
        let steps = "\(portrait.boot.steps) instructions"
        return switch portrait.boot.end {
        case .ring3: "Ring 3 was reached after \(steps), at \(place(machine.cpu.eip))."
        case .halted: "The machine halted after \(steps), at \(place(machine.cpu.eip)); it never came to ring 3."
        case .shutdown: "A triple fault after \(steps), at \(place(machine.cpu.eip))."
        case .budget: "No ring 3 within \(steps)."
        }
    }

    private func section(_ title: String, _ lines: [StyledText]) -> [StyledText] {
        lines.isEmpty ? [] : ["", StyledText(title, .heading)] + lines
    }

    // MARK: Words

    /// A symbol with its address, or the address alone.
    func place(_ address: UInt32) -> String {
        machine.symbols.location(of: UInt64(address)).map { "\($0) (\(Hex.digits(address)))" } ?? Hex.digits(address)
    }

    /// The nearest symbol, or the address.
    func name(_ address: UInt32) -> String {
        machine.symbols.location(of: UInt64(address))?.description ?? Hex.digits(address)
    }

    /// A row of a table: columns of these widths, the last one as wide as it likes.
    func row(_ cells: [(text: String, width: Int)]) -> StyledText {
        guard !isPlain else { return StyledText(cells.map(\.text).filter { !$0.isEmpty }.joined(separator: ", ")) }
        let text = cells.map { $0.text + spaces($0.width - $0.text.count) }.joined(separator: " ")
        return (StyledText("  ") + StyledText(text)).trimmed
    }

    /// Many short texts, as many a line as fit, none of them broken.
    func list(_ words: [String]) -> [StyledText] {
        guard !isPlain else { return [StyledText(words.joined(separator: ", "))] }
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + word.count + 2 <= 74 {
                lines[lines.count - 1] = "\(last), \(word)"
            } else {
                lines.append(word)
            }
        }
        return lines.enumerated().map { index, line in
            StyledText("  \(line)" + (index == lines.count - 1 ? "" : ","))
        }
    }
}
