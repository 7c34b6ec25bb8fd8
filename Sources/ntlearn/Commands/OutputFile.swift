import Foundation

/// A file that a command writes because it was asked to; `-` is standard output.
struct OutputFile {
    let path: String

    init(_ path: String) { self.path = path }

    /// Replaces what is there.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        guard path != "-" else { return try writeToStandardOutput(bytes) }
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw failure }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure }
            rest = rest.dropFirst(written)
        }
    }

    private func writeToStandardOutput(_ bytes: [UInt8]) throws(CommandFailure) {
        var output = ByteOutput()
        try output.write(bytes)
        try output.flush()
    }

    private var failure: CommandFailure {
        CommandFailure("cannot write \(path): \(String(cString: strerror(errno)))", status: 2)
    }
}
