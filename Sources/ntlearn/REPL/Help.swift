/// The texts of `help`, made from the words' descriptions. They are plain: no boxes, no colour, no trailing blanks.
struct Help {
    let specs: [WordSpec]
    /// How many columns a line may have.
    var width = 80

    private static let widestLabel = 20

    /// All words by group, a line each.
    var overview: String {
        let groups = WordGroup.allCases.compactMap { group -> String? in
            let rows = specs.filter { $0.group == group }.map(row)
            return rows.isEmpty ? nil : ([group.rawValue] + rows).joined(separator: "\n")
        }
        return (groups + ["Type help WORD for a word's usage and an example."]).joined(separator: "\n\n")
    }

    /// All about one word.
    func page(for spec: WordSpec) -> String {
        var parts = ["\(spec.usage)\n\(wrap(spec.summary.sentence, indent: 2))"]
        if !spec.detail.isEmpty { parts += spec.detail.split(separator: "\n\n").map { wrap(String($0), indent: 2) } }
        if !spec.aliases.isEmpty { parts.append(wrap("Also: \(spec.aliases.joined(separator: ", "))", indent: 2)) }
        parts.append("  Example: \(spec.example)")
        return parts.joined(separator: "\n\n")
    }

    private var labelWidth: Int {
        min(specs.map { label($0).count }.max() ?? 0, Self.widestLabel)
    }

    private func label(_ spec: WordSpec) -> String { spec.spellings.joined(separator: " ") }

    private func row(_ spec: WordSpec) -> String {
        let label = "  " + label(spec)
        let column = labelWidth + 4
        let summary = wrap(spec.summary, indent: column)
        guard label.count + 2 <= column else { return "\(label)\n\(summary)" }
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
