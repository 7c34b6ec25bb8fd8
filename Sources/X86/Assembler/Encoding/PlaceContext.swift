/// One place in the output in one pass: what `$`, `$$` and the symbols stand for there.
struct PlaceContext: ExpressionContext {
    let symbols: SymbolTable
    /// Index into the section table.
    var section: Int
    /// Of the statement in its section.
    var offset: Int

    func value(ofSymbol index: Int) -> LinearValue { symbols.entries[index].value ?? .unknown }

    var here: LinearValue { address(offset) }

    var sectionStart: LinearValue { address(0) }

    private func address(_ offset: Int) -> LinearValue {
        LinearValue(
            Int64(offset), terms: [.init(base: .section(section), coefficient: 1, isScaled: false)])
    }
}
