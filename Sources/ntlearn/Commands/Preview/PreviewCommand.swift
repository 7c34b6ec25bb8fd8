import ArgumentParser
import Foundation
import LessonEngine

/// `ntlearn preview`: a lesson as learners see it, for its author.
struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show a lesson as learners see it, with its answers and its mistakes.",
        discussion: """
            Traces run; each question is shown with its hints, its feedback and its answer. What ntlearn check finds in \
            the lesson follows. With --watch the page is shown anew at each save: the one that has changed, or else \
            the one that was shown. There, n, p or a page's number turns pages, and q or Ctrl-C leaves.

            Example: ntlearn preview mycourse/lessons/the-door.md --watch
            """)

    @Argument(
        help: ArgumentHelp("The lesson, a Markdown file.", valueName: "file"), completion: .file(extensions: ["md"]))
    var file: String

    @Flag(help: "Show it again whenever the file is saved.")
    var watch = false

    @Option(help: "Show this page only, counted from 1.")
    var page: Int?

    @Option(help: "Which member of each family of questions to show.")
    var seed: UInt64 = 0

    @Flag(help: "As with ntlearn --plain: for screen readers.")
    var plain = false

    func run() throws {
        let plain = plain
        let preview = LessonPreview(file: file, seed: seed) { Terminal.detect(plain: plain) }
        guard watch, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return try printOnce(preview) }
        var watcher = PreviewWatcher(preview: preview, page: (page ?? 1) - 1)
        try watcher.run()
    }

    private func printOnce(_ preview: LessonPreview) throws {
        let rendered = preview.render()
        if let page, !rendered.pages.indices.contains(page - 1), rendered.isReadable {
            throw CommandFailure(
                "the lesson has no page \(page)\nits pages are 1 to \(rendered.pages.count)", status: 2)
        }
        var output = ByteOutput()
        for (index, text) in rendered.pages.enumerated() where page == nil || page == index + 1 {
            try output.write((rendered.heading(of: index) + text).utf8)
        }
        let palette = preview.terminal().palette
        for diagnostic in rendered.diagnostics { try output.write(DiagnosticFormat.text.line(diagnostic, palette)) }
        try output.flush()
        CommandFailure.note(rendered.summary)
        guard rendered.isReadable else { throw CommandFailure("", status: 2) }
        guard rendered.errorCount == 0 else { throw CommandFailure("", status: 1) }
    }
}
