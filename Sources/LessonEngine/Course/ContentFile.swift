import Foundation

/// Reads files that strangers may have written: regular ones of a bounded size, inside the course's folder.
struct ContentFile {
    static let largest = 1024 * 1024

    let path: String

    /// The file's text with the hash of its bytes.
    struct Content {
        let text: String
        let hash: String
    }

    /// - Parameter directory: the folder that symbolic links may not leave; nil for a file that the user named.
    func read(within directory: String? = nil) -> Result<Content, Problem> {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        if let directory {
            let root = URL(fileURLWithPath: directory).resolvingSymlinksInPath().path
            guard resolved.path.hasPrefix(root.hasSuffix("/") ? root : root + "/") else { return .failure(.outside) }
        }
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved.path) else {
            return .failure(.missing)
        }
        // A pipe or a device could block for ever.
        guard attributes[.type] as? FileAttributeType == .typeRegular else { return .failure(.notRegular) }
        guard let handle = FileHandle(forReadingAtPath: resolved.path) else { return .failure(.forbidden) }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: Self.largest + 1) ?? Data() else { return .failure(.forbidden) }
        return Self.decode(data)
    }

    private static func decode(_ data: Data) -> Result<Content, Problem> {
        guard data.count <= largest else { return .failure(.tooLarge) }
        let bytes = Array(data)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(.notUTF8(line: firstBadLine(bytes)))
        }
        return .success(Content(text: text, hash: contentHash(bytes)))
    }

    private static func firstBadLine(_ bytes: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil {
                return (
                    line, String(decoding: part, as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }.count + 1
                )
            }
            line += 1
        }
        return (line, 1)
    }
}

extension ContentFile {
    /// Why a file cannot be used.
    enum Problem: Error {
        case missing, notRegular, forbidden, outside, tooLarge
        case notUTF8(line: (line: Int, column: Int))
    }

    func diagnostic(for problem: Problem) -> Diagnostic {
        let start = SourceLocation(file: path, line: 1, column: 1)
        switch problem {
        case .missing: return .error(.unreadableFile, at: start, "there is no such file")
        case .notRegular: return .error(.unreadableFile, at: start, "this is not a regular file")
        case .forbidden: return .error(.unreadableFile, at: start, "this file may not be read")
        case .outside:
            return .error(
                .outsideCourse, at: start, "this file lies outside of the course's folder",
                note: "a link in a course may not lead out of it")
        case .tooLarge: return .error(.fileTooLarge, at: start, "this file is larger than \(Self.largest / 1024) KiB")
        case .notUTF8(let place):
            return .error(
                .invalidUTF8, at: SourceLocation(file: path, line: place.line, column: place.column),
                "this file is not UTF-8 text", note: "save it as UTF-8 in your editor")
        }
    }
}

/// 64-bit FNV-1a in hexadecimal. It tells revisions of a lesson apart; it is no protection against forgery.
func contentHash(_ bytes: some Sequence<UInt8>) -> String {
    let digits = String(fnv1a(bytes), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

/// 64-bit FNV-1a.
func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
}
