import Spelling

/// `{{ eax }}` or `{{ door: eax }}` in prose: a value that the lesson's machine supplies.
public struct LiveExpression: Hashable, Sendable {
    /// The block at whose point the value is taken; nil for the nearest ``LiveBlock`` before it.
    public let blockID: String?
    /// The expression, in the language of the block that evaluates it.
    public let expression: String
    /// Where the `{{` stands.
    public let location: SourceLocation

    /// An expression that is evaluated at the point of block `blockID`.
    public init(blockID: String?, expression: String, location: SourceLocation) {
        self.blockID = blockID
        self.expression = expression
        self.location = location
    }

    /// Reads what stands between the braces. An id is followed by a colon *and* a space, because expressions
    /// may hold colons themselves (`fs:[18]`).
    init(source: String, location: SourceLocation) {
        let body = source.trimmed
        guard let colon = body.firstIndex(of: ":"), isIdentifier(body[..<colon]),
            body[body.index(after: colon)...].first?.isWhitespace == true
        else {
            self.init(blockID: nil, expression: body, location: location)
            return
        }
        let expression = String(body[body.index(after: colon)...]).trimmed
        self.init(blockID: String(body[..<colon]), expression: expression, location: location)
    }

    /// As the author writes it.
    public var source: String { "{{ \(blockID.map { "\($0): " } ?? "")\(expression) }}" }
}
