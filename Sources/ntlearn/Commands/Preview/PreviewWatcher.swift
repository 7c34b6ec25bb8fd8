import Foundation
import LessonEngine

/// Shows a page of a lesson, and shows it again at each save. Reads lines, so that it works over any connection.
struct PreviewWatcher {
    let preview: LessonPreview
    /// The page that is shown, counted from 0.
    var page: Int

    /// How often to look at the file, in milliseconds: at once for a person, nothing for a processor.
    private static let interval: Int32 = 150

    private enum Turn {
        case next, previous, page(Int), leave, again
    }

    mutating func run() throws {
        signal(SIGINT) { _ in _exit(0) }
        var stamp = FileStamp(of: preview.file)
        var seen = stamp
        var lesson = preview.render()
        try show(lesson)
        while true {
            switch waitForLine() {
            case .none: break
            case .leave?: return
            case .next?: try turn(to: page + 1, lesson)
            case .previous?: try turn(to: page - 1, lesson)
            case .page(let number)?: try turn(to: number - 1, lesson)
            case .again?: try show(lesson)
            }
            let now = FileStamp(of: preview.file)
            defer { seen = now }
            // While an editor saves there may be no file, or half of one: it is whole once it stays as it is.
            guard now != nil, now == seen, now != stamp else { continue }
            stamp = now
            try show(saved: preview.render(), since: &lesson)
        }
    }

    /// A lesson that cannot be read at all leaves the page that the author was at.
    private mutating func show(saved: RenderedLesson, since lesson: inout RenderedLesson) throws {
        if !saved.pages.isEmpty {
            page = saved.firstChange(since: lesson) ?? page
            lesson = saved
        }
        try show(saved)
    }

    private mutating func turn(to number: Int, _ lesson: RenderedLesson) throws {
        page = max(0, min(number, lesson.pages.count - 1))
        try show(lesson)
    }

    /// What was typed, or nil when the interval is over.
    private func waitForLine() -> Turn? {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&input, 1, Self.interval) > 0 else { return nil }
        guard let line = readLine() else { return .leave }
        switch line.trimmingCharacters(in: .whitespaces).lowercased() {
        case "", "n", "next": return .next
        case "p", "b", "back", "previous": return .previous
        case "q", "quit", "exit": return .leave
        case let text: return Int(text).map { .page($0) } ?? .again
        }
    }

    private func show(_ lesson: RenderedLesson) throws {
        let palette = lesson.terminal.palette
        var text = lesson.terminal.isPlain || palette == .none ? "" : "\u{1B}[H\u{1B}[2J\u{1B}[3J"
        let page = max(0, min(page, lesson.pages.count - 1))
        if lesson.pages.indices.contains(page) { text += lesson.heading(of: page) + lesson.pages[page] }
        for diagnostic in lesson.diagnostics {
            text += String(decoding: DiagnosticFormat.text.line(diagnostic, palette), as: UTF8.self)
        }
        let status = "\(preview.file), \(lesson.summary). n, p, a number: turn; q: leave."
        var output = ByteOutput()
        try output.write((text + palette.paint([StyledText(status, .dim)])).utf8)
        try output.flush()
    }
}

/// What changes when a file is saved.
private struct FileStamp: Equatable {
    private let seconds: Int
    private let nanoseconds: Int
    private let size: Int
    private let node: UInt

    /// Nil when there is no such file.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        size = Int(status.st_size)
        node = UInt(status.st_ino)
    }
}
