import LessonEngine

extension MarkdownRenderer {
    func list(start: Int?, _ items: [[MarkdownBlock]]) -> [StyledText] {
        let markers = markers(start: start, count: items.count)
        let indent = markers.map(\.width).max() ?? 0
        let inner = narrowed(by: indent)
        let groups = zip(markers, items).map { marker, item in
            inner.item(item).prefixed(first: marker.padded(to: indent, .right), rest: StyledText(spaces(indent)))
        }
        return items.allSatisfy(Self.isTight) ? Array(groups.joined()) : Self.separated(groups)
    }

    /// A screen reader would say "bullet" before each item; an indent is enough.
    private func markers(start: Int?, count: Int) -> [StyledText] {
        guard let start else { return Array(repeating: layout.isPlain ? "  " : "• ", count: count) }
        return (0..<count).map { StyledText("\(start &+ $0). ") }
    }

    /// A paragraph and the list below it belong together.
    private func item(_ blocks: [MarkdownBlock]) -> [StyledText] {
        let lines = Self.isTight(blocks) ? blocks.flatMap(lines) : self.lines(blocks)
        return lines.isEmpty ? [""] : lines
    }

    private static func isTight(_ item: [MarkdownBlock]) -> Bool {
        item.dropFirst().allSatisfy { if case .list = $0 { true } else { false } }
    }
}
