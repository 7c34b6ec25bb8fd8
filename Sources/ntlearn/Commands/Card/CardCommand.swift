import ArgumentParser
import LessonEngine
import Lessons

/// `ntlearn card`: the reference card.
struct CardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Print the reference card: a system call on one page.",
        discussion: """
            The numbers on it are read from the machines while it is printed. It fits on a page of 60 lines.

            Example: ntlearn card | lpr
            """)

    @Option(
        help: ArgumentHelp("A course's folder; repeat it for more. Default: the built-in course.", valueName: "dir"))
    var content: [String] = []

    @Flag(help: "Output for screen readers: no boxes, no colour, sentences.")
    var plain = false

    func run() throws {
        let layout = Layout(Terminal.detect(plain: plain))
        let locator = ContentLocator(named: content)
        let folders = try locator.courseFolders()
        let machines = MachineLibrary(courses: folders, builtIn: try? locator.builtInFolder())
        let loader = CourseLoader(registry: .withMachines(machines))
        let cards = folders.compactMap { loader.load(directory: $0).course?.card }
        guard !cards.isEmpty else {
            throw CommandFailure("there is no card.md in \(folders.joined(separator: ", "))", status: 2)
        }
        var output = ByteOutput()
        let lines = cards.map { CardPage(card: $0, layout: layout).lines }
        try output.write(Array(Terminal.detect(plain: plain).palette.paint(MarkdownRenderer.separated(lines)).utf8))
        try output.flush()
    }
}
