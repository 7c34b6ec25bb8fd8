import Foundation

/// The keyboard's and screen's side of a pseudo-terminal.
final class PseudoTerminal {
    /// The path that a program opens as its terminal.
    let path: String
    // TIOCSPTLCK and TIOCGPTN of Linux, see ioctl_tty(2). Swift's Glibc module has neither them nor posix_openpt.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    private let controller: Int32
    private var raw: [UInt8] = []
    private var searched = 0

    init(columns: Int = 80, rows: Int = 24) throws {
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var unlocked: Int32 = 0
        var number: Int32 = 0
        guard controller >= 0, ioctl(controller, Self.setLock, &unlocked) == 0,
            ioctl(controller, Self.getNumber, &number) == 0
        else { throw HarnessError("cannot open a pseudo-terminal: \(String(cString: strerror(errno)))") }
        path = "/dev/pts/\(number)"
        resize(columns: columns, rows: rows)
    }

    deinit { close(controller) }

    /// Everything the terminal has shown so far, without escape sequences and carriage returns.
    var transcript: String { String(decoding: TerminalText.plain(raw), as: UTF8.self) }

    /// Changes the window's size, of which the program is told with SIGWINCH.
    func resize(columns: Int, rows: Int) {
        var size = winsize(
            ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    /// Types text; `\r` is the Enter key, `\u{3}` Ctrl-C, `\u{4}` Ctrl-D, `\t` Tab.
    func send(_ keys: String) throws {
        var bytes = Array(keys.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
            guard count > 0 else { throw HarnessError("cannot type into the terminal, which showed:\n\(transcript)") }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Waits until the terminal shows the text, looking only at what came after the last text that was waited for.
    ///
    /// - Returns: what was shown from there up to and including the text.
    @discardableResult
    func wait(for text: String, deadline: Deadline = Deadline()) throws -> String {
        let wanted = Array(text.utf8)
        while true {
            let fresh = TerminalText.plain(raw).dropFirst(searched)
            if let end = TerminalText.end(of: wanted, in: fresh) {
                searched = end
                return String(decoding: fresh[..<end], as: UTF8.self)
            }
            guard try readMore(deadline) else {
                throw HarnessError("the program ended before it showed \"\(text)\". It showed:\n\(transcript)")
            }
        }
    }

    /// Reads until the program has closed the terminal.
    func waitForEnd(deadline: Deadline = Deadline()) throws {
        while try readMore(deadline) {}
    }

    /// False when the other side is closed.
    private func readMore(_ deadline: Deadline) throws -> Bool {
        guard deadline.wait(forInputFrom: [controller]) else {
            throw HarnessError("nothing happened for too long. The terminal shows:\n\(transcript)")
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        // Linux reports EIO once the last program has closed the terminal.
        let count = read(controller, &bytes, bytes.count)
        raw += bytes.prefix(max(count, 0))
        return count > 0
    }
}
