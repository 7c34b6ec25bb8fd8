/// What a stretch of text means. How that looks is the business of a ``Palette``.
///
/// No meaning rests on a style alone: the words or marks beside it say the same.
enum Style: Hashable, Sendable, CaseIterable {
    case heading
    case emphasis
    case strong
    case strikethrough
    case code
    case link
    /// Secondary: rules, labels, what may be overlooked.
    case dim
    /// Ring 3.
    case user
    /// Ring 0.
    case kernel
    case good
    case bad
    /// A value that the last step changed.
    case changed
}
