import X86

/// An instruction's page for the prompt: sections with hanging indents, or whole sentences for a screen reader.
struct InstructionPage {
    let reference: InstructionReference
    let layout: Layout

    private static let margin = 2

    /// The page, ready to be printed.
    var lines: [StyledText] {
        let sections = [heading] + reference.entries.flatMap(sections(of:))
        return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
    }

    private var heading: [StyledText] {
        var lines: [StyledText] = [StyledText(reference.name, .heading)]
        if !reference.otherNames.isEmpty {
            lines += paragraph("Also called \(reference.otherNames.joined(separator: ", ")).")
        }
        if let condition = reference.condition {
            lines += paragraph("The condition: \(condition.rule). After CMP left, right: \(condition.meaning).")
        }
        return lines
    }

    private func sections(of entry: InstructionEntry) -> [[StyledText]] {
        [summary(of: entry)] + entry.detail.map { paragraph($0) }
            + [checks(of: entry), flags(of: entry), steps(of: entry), models(of: entry), sources(of: entry)]
    }

    private func summary(of entry: InstructionEntry) -> [StyledText] {
        let forms = entry.forms.flatMap { paragraph(StyledText($0, .code)) }
        let spelling = layout.isPlain ? paragraph("Written: \(entry.forms.joined(separator: "; ")).") : forms
        return (entry.forms == [reference.name] ? [] : spelling) + paragraph(entry.summary.asSentence)
    }

    // MARK: Checks

    private func checks(of entry: InstructionEntry) -> [StyledText] {
        let ownChecks = entry.checks.map { ($0.notation, $0.condition) }
        let gate = entry.modelsWithout.isEmpty ? [] : [("#UD", "the processor model does not have the instruction")]
        let all = gate + ownChecks
        let rows = all.enumerated().flatMap { number, check in
            layout.isPlain
                ? paragraph("Check \(number + 1): \(check.0) if \(check.1).")
                : item("\(number + 1).", "\(check.0): \(check.1)", labelWidth: all.count > 9 ? 3 : 2)
        }
        let memory = entry.memory.faults
        let lock = entry.allowsLock ? "A LOCK prefix is allowed if the destination is memory." : ""
        let body = rows + [memory, lock].filter { !$0.isEmpty }.flatMap { paragraph($0) }
        guard !body.isEmpty else { return titled("Checks", paragraph("None: it raises no exception.")) }
        return titled(rows.count > 1 ? "Checks, in this order" : "Checks", body)
    }

    // MARK: Flags

    private func flags(of entry: InstructionEntry) -> [StyledText] {
        let effects = entry.flags
        let groups = [
            ("Computed", effects.computed), ("Set", effects.set), ("Cleared", effects.cleared),
            ("Undefined", effects.undefined),
        ]
        let named = groups.filter { $0.1 != 0 }.flatMap { label, mask in
            row(label, FlagEffects.names(of: mask).joined(separator: layout.isPlain ? ", " : " "))
        }
        let rest = named.isEmpty ? paragraph("No flag changes.") : row("Unchanged", "all others")
        return titled("Flags", named + rest + (effects.note.map { paragraph($0) } ?? []))
    }

    // MARK: What happens inside

    private func steps(of entry: InstructionEntry) -> [StyledText] {
        guard !entry.steps.isEmpty else { return [] }
        let rows = entry.steps.enumerated().flatMap { number, step in
            layout.isPlain
                ? paragraph("Step \(number + 1): \(step.text).")
                : item("\(number + 1).", step.text, labelWidth: entry.steps.count > 9 ? 3 : 2)
        }
        return titled("Step by step: \(entry.stepsTitle)", rows + paragraph(entry.accesses))
    }

    private func models(of entry: InstructionEntry) -> [StyledText] {
        func names(_ models: [CPUModel]) -> String { models.map(\.name).joined(separator: ", ") }
        guard !entry.modelsWithout.isEmpty else { return titled("Models", paragraph("Every model has it.")) }
        return titled("Models", row("Have it", names(entry.models)) + row("#UD on", names(entry.modelsWithout)))
    }

    private func sources(of entry: InstructionEntry) -> [StyledText] {
        paragraph("Source: \(entry.sources.map(\.citation).joined(separator: "; ")).")
    }

    // MARK: Layout

    private func titled(_ title: String, _ body: [StyledText]) -> [StyledText] {
        let indent = StyledText(spaces(layout.isPlain ? 0 : Self.margin))
        return paragraph(StyledText(title, .strong)) + body.prefixed(indent)
    }

    private func paragraph(_ text: String) -> [StyledText] { paragraph(StyledText(text)) }

    private func paragraph(_ text: StyledText) -> [StyledText] {
        text.wrapped(to: layout.measure - 2 * Self.margin).prefixed(StyledText(spaces(Self.margin)))
    }

    /// A label in a column of its own; a sentence for a screen reader.
    private func row(_ label: String, _ text: String) -> [StyledText] {
        layout.isPlain ? paragraph("\(label): \(text).") : item(label, text, labelWidth: 10)
    }

    private func item(_ label: String, _ text: String, labelWidth: Int) -> [StyledText] {
        let label = StyledText(label).padded(to: labelWidth) + " "
        let width = layout.measure - 2 * Self.margin - label.width
        return StyledText(text).wrapped(to: width).prefixed(
            first: StyledText(spaces(Self.margin)) + label, rest: StyledText(spaces(Self.margin + label.width)))
    }
}

extension InstructionEntry {
    /// How often the steps touch memory, as a sentence.
    fileprivate var accesses: String {
        let reads = steps.filter { if case .read = $0.access { true } else { false } }.count
        let writes = steps.filter { $0.access == .write }.count
        guard reads + writes > 0 else { return "Memory is not touched at all." }
        let written = writes == 0 ? "no writes" : "\(writes) writes"
        return "Memory: \(reads) reads, \(written), page tables not counted."
    }
}

extension String {
    /// The text with a capital at its beginning and a full stop at its end.
    fileprivate var asSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
