import Foundation

/// A share as a bar of ten characters, for eyes; nobody should need it to know the share.
struct Bar {
    private static let width = 10

    /// Whether the terminal's character set has blocks.
    let isUnicode: Bool

    /// - Parameter environment: `LC_ALL`, `LC_CTYPE` and `LANG` count, the first of them that is set.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        isUnicode = locale.lowercased().replacing("-", with: "").hasSuffix("utf8")
    }

    /// Only a full share gives a full bar, and only none an empty one.
    func text(_ part: Int, of whole: Int) -> StyledText {
        let share = whole == 0 ? 0 : part * Self.width / whole
        let filled = part > 0 ? max(1, share) : 0
        return StyledText(String(repeating: isUnicode ? "█" : "#", count: filled), .good)
            + StyledText(String(repeating: isUnicode ? "░" : ".", count: Self.width - filled), .dim)
    }
}
