/// Something that the author of a course should put right.
///
/// Guest faults and program errors are different things with types of their own.
public struct Diagnostic: Hashable, Sendable, Codable, CustomStringConvertible {
    /// How bad it is: an error makes `ntlearn check` fail, a warning does not.
    public enum Severity: String, Hashable, Sendable, Codable {
        case error, warning
    }

    /// How bad it is.
    public let severity: Severity
    /// Where the mistake is.
    public let location: SourceLocation
    /// A stable kebab-case name for this sort of mistake; see ``DiagnosticCode``.
    public let code: String
    /// What is wrong, one sentence without a full stop.
    public let message: String
    /// What would work instead, if there is something useful to say.
    public let note: String?

    /// A diagnostic with every part given.
    public init(severity: Severity, location: SourceLocation, code: String, message: String, note: String? = nil) {
        self.severity = severity
        self.location = location
        self.code = code
        self.message = message
        self.note = note
    }

    /// An error of a listed sort.
    public static func error(
        _ code: DiagnosticCode, at location: SourceLocation, _ message: String, note: String? = nil
    ) -> Diagnostic {
        Diagnostic(severity: .error, location: location, code: code.name, message: message, note: note)
    }

    /// A warning of a listed sort.
    public static func warning(
        _ code: DiagnosticCode, at location: SourceLocation, _ message: String, note: String? = nil
    ) -> Diagnostic {
        Diagnostic(severity: .warning, location: location, code: code.name, message: message, note: note)
    }

    /// `file:line:column: error[code]: message`, and the note as a hint on a line of its own.
    public var description: String {
        let hint = note.map { "\n  hint: \($0)" } ?? ""
        return "\(location): \(severity.rawValue)[\(code)]: \(message)\(hint)"
    }
}

extension Diagnostic: Comparable {
    /// By place, then by code and message, so that reports come out in one stable order.
    public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        if left.location != right.location { return left.location < right.location }
        return (left.code, left.message) < (right.code, right.message)
    }
}
