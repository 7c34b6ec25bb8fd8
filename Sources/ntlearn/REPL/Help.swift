/// The texts of `help`, made from the words' descriptions. They are plain: no boxes, no colour, no trailing blanks.
struct Help {
    let specs: [WordSpec]
    /// How many columns a line may have.
    var width = 80

    private static let widestLabel = 20

    /// All words by group, as few lines as that takes: it fits on a screen of 24 rows.
    var overview: String {
        let groups = WordGroup.allCases.filter { !words(of: $0).isEmpty }
        let label = (groups.map(\.rawValue.count).max() ?? 0) + 2
        let rows = groups.map { group in
            let names = wrap(words(of: group).map(\.name).joined(separator: " "), indent: label)
            return group.rawValue + names.dropFirst(group.rawValue.count)
        }
        let more = "Type help GROUP, such as help memory, for a line about each word; help WORD for all about one."
        return (rows + ["", wrap(more, indent: 0)]).joined(separator: "\n")
    }

    /// A group's words, a line each.
    func page(for group: WordGroup) -> String {
        let rows = words(of: group).map { row($0, of: group) }
        return ([group.rawValue] + rows + ["", "Type help WORD for a word's usage and an example."]).joined(
            separator: "\n")
    }

    private func words(of group: WordGroup) -> [WordSpec] { specs.filter { $0.group == group } }

    /// All about one word.
    func page(for spec: WordSpec) -> String {
        var parts = ["\(spec.usage)\n\(wrap(spec.summary.sentence, indent: 2))"]
        if !spec.detail.isEmpty { parts += spec.detail.split(separator: "\n\n").map { wrap(String($0), indent: 2) } }
        if !spec.aliases.isEmpty { parts.append(wrap("Also: \(spec.aliases.joined(separator: ", "))", indent: 2)) }
        parts.append("  Example: \(spec.example)")
        return parts.joined(separator: "\n\n")
    }

    private func label(_ spec: WordSpec) -> String { spec.spellings.joined(separator: " ") }

    private func row(_ spec: WordSpec, of group: WordGroup) -> String {
        let widest = min(words(of: group).map { self.label($0).count }.max() ?? 0, Self.widestLabel)
        let label = "  " + self.label(spec)
        let summary = wrap(spec.summary, indent: widest + 4)
        guard label.count + 2 <= widest + 4 else { return "\(label)\n\(summary)" }
        return label + summary.dropFirst(label.count)
    }

    /// Fills lines with words; a word that is wider than a line gets one of its own.
    private func wrap(_ text: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(margin + word)
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// The text with a capital at its beginning and a full stop at its end.
    fileprivate var sentence: String {
        prefix(1).uppercased() + dropFirst() + (hasSuffix(".") ? "" : ".")
    }
}
