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
        if let directory, !isInside(directory) {
            return .failure(access(path, F_OK) == 0 ? .outside : absence)
        }
        // A pipe would wait for its writer, were it not for O_NONBLOCK.
        let descriptor = Foundation.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(access(path, F_OK) == 0 ? .forbidden : absence) }
        defer { Foundation.close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .failure(.notRegular) }
        guard status.st_size <= Self.largest else { return .failure(.tooLarge) }
        guard let bytes = Self.bytes(of: descriptor, count: Int(status.st_size)) else { return .failure(.forbidden) }
        return Self.decode(bytes)
    }

    private var absence: Problem {
        var status = stat()
        return lstat(path, &status) == 0 ? .leadsNowhere : .missing
    }

    /// Whether the file lies below a folder, symbolic links followed.
    func isInside(_ directory: String) -> Bool {
        guard let root = Self.resolved(directory), let file = Self.resolved(path) else { return false }
        return file.hasPrefix(root.hasSuffix("/") ? root : root + "/")
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The file as far as it is wanted: one that grows meanwhile is cut.
    private static func bytes(of descriptor: Int32, count: Int) -> [UInt8]? {
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, isWhole {
                let got = Foundation.read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
                if got < 0, errno == EINTR { continue }
                if got == 0 { break }
                isWhole = got > 0
                filled += max(0, got)
            }
        }
        return isWhole ? bytes : nil
    }

    private static func decode(_ bytes: [UInt8]) -> Result<Content, Problem> {
        guard let text = String(validating: withoutMark(bytes), as: UTF8.self) else {
            let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            return .failure(isUTF16 ? .utf16 : .notUTF8(line: firstBadLine(bytes)))
        }
        return .success(Content(text: text, hash: contentHash(bytes)))
    }

    /// Some editors begin a file with a byte order mark, which means nothing in UTF-8.
    private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
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
        case missing, leadsNowhere, notRegular, forbidden, outside, tooLarge, utf16
        case notUTF8(line: (line: Int, column: Int))
    }

    func diagnostic(for problem: Problem) -> Diagnostic {
        let start = SourceLocation(file: path, line: 1, column: 1)
        switch problem {
        case .missing: return .error(.unreadableFile, at: start, "there is no such file")
        case .leadsNowhere: return .error(.unreadableFile, at: start, "this symbolic link leads nowhere")
        case .notRegular: return .error(.unreadableFile, at: start, "this is not a regular file")
        case .forbidden: return .error(.unreadableFile, at: start, "this file may not be read")
        case .outside:
            return .error(
                .outsideCourse, at: start, "this file lies outside of the course's folder",
                note: "a link in a course may not lead out of it")
        case .tooLarge: return .error(.fileTooLarge, at: start, "this file is larger than \(Self.largest / 1024) KiB")
        case .utf16:
            return .error(
                .invalidUTF8, at: start, "this file is UTF-16 text, not UTF-8", note: "save it as UTF-8 in your editor")
        case .notUTF8(let place):
            return .error(
                .invalidUTF8, at: SourceLocation(file: path, line: place.line, column: place.column),
                "this file is not UTF-8 text", note: "save it as UTF-8 in your editor")
        }
    }
}

/// 64-bit FNV-1a in hexadecimal. It tells revisions of a lesson apart; it is no protection against forgery.
public func contentHash(_ bytes: some Sequence<UInt8>) -> String {
    let digits = String(fnv1a(bytes), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

/// 64-bit FNV-1a.
func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
}
