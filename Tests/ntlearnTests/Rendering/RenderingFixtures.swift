import LessonEngine
import Testing

@testable import ntlearn

/// The terminals that the snapshots are taken on.
enum Screen: String, CaseIterable, CustomTestStringConvertible {
    case columns40, columns80, columns120, plain, colour, colour16

    var terminal: Terminal {
        switch self {
        case .columns40: Terminal(isTTY: false, columns: 40, environment: [:], plain: false)
        case .columns80: Terminal(isTTY: false, columns: 80, environment: [:], plain: false)
        case .columns120: Terminal(isTTY: false, columns: 120, environment: [:], plain: false)
        case .plain: Terminal(isTTY: true, columns: 80, environment: ["TERM": "xterm-256color"], plain: true)
        case .colour: Terminal(isTTY: true, columns: 80, environment: ["TERM": "xterm-256color"], plain: false)
        case .colour16: Terminal(isTTY: true, columns: 80, environment: ["TERM": "linux"], plain: false)
        }
    }

    var testDescription: String { rawValue }
}

func render(
    _ blocks: [MarkdownBlock], on screen: Screen, live: @escaping (LiveExpression) -> String = { $0.source }
) -> String {
    let renderer = MarkdownRenderer(layout: Layout(screen.terminal), live: live)
    return screen.terminal.palette.paint(renderer.lines(blocks))
}

/// One of each element, as lessons use them.
enum Sample: String, CaseIterable, CustomTestStringConvertible {
    case headings, prose, lists, table, wideTable, code, quotes

    var testDescription: String { rawValue }

    var blocks: [MarkdownBlock] {
        switch self {
        case .headings:
            [
                .heading(level: 1, [.text("The short way in: "), .code("SYSENTER")]),
                .heading(level: 2, [.text("Before the door")]), .heading(level: 3, [.text("A detail")]),
                .text("Text below it."), .thematicBreak, .text("Text after a break."),
            ]
        case .prose: Self.proseBlocks
        case .lists: Self.listBlocks
        case .table: [Self.narrowTable]
        case .wideTable: [Self.broadTable]
        case .code:
            [
                .text("The stub in NTDLL:"),
                .code(
                    info: "asm",
                    text: "NtClose:\n\tmov eax, 19h\t; the service number\n\n\tcall dword ptr [edx]\n\tret 4\n"),
                .code(info: "", text: String(repeating: "0123456789", count: 7) + " 81 columns\n"),
            ]
        case .quotes:
            [
                .quote([.text("The processor does not save the user stack pointer; somebody has to.")]),
                .quote([.paragraph([.text("[!WARNING]"), .softBreak, .text("SYSEXIT needs ring 0.")])]),
                .quote([.paragraph([.text("[!NOTE]")]), .list(start: nil, items: [[.text("one")], [.text("two")]])]),
            ]
        }
    }

    private static let place = SourceLocation(file: "lesson.md", line: 1, column: 1)

    private static let proseBlocks: [MarkdownBlock] = [
        .paragraph([
            .text("NTDLL has put the service number, "),
            .live(LiveExpression(blockID: nil, expression: "eax", location: place)),
            .text(", into "), .code("EAX"), .text(" and, with "), .code("mov edx, esp"),
            .text(", the address of the arguments into EDX. It is "), .emphasis([.text("not")]),
            .text(" pushed: "), .strong([.text("nothing "), .emphasis([.text("at all")])]),
            .text(" touches the kernel’s memory before the instruction "), .code("sysenter"),
            .softBreak, .text("runs."), .hardBreak, .text("This begins a line of its own."),
        ]),
        .paragraph([
            .text("See "), .link([.text("the lesson on INT 2Eh")], url: "int2e.md"), .text(" and "),
            .link([.text("the manual")], url: "https://example.org/sdm"), .text(". "), .image(alt: "two rings"),
            .text(" It was "), .strikethrough([.text("always")]), .text(" often so."),
        ]),
    ]

    private static let listBlocks: [MarkdownBlock] = [
        .text("Three registers say where SYSENTER goes:"),
        .list(
            start: nil,
            items: [
                [
                    .paragraph([
                        .code("IA32_SYSENTER_CS"),
                        .text(": the selector of the kernel’s code segment, from which the stack segment follows"),
                    ])
                ],
                [
                    .paragraph([.code("IA32_SYSENTER_ESP")]),
                    .list(start: nil, items: [[.text("one per processor")], [.text("in the TSS")]]),
                ],
                [.paragraph([.code("IA32_SYSENTER_EIP")])],
            ]),
        .list(start: 9, items: [[.text("The gate is read.")], [.text("The stack is switched.")]]),
        .list(
            start: 1, items: [[.text("A paragraph."), .text("Another in the same item.")], [.text("The next item.")]]),
    ]

    private static func cells(_ texts: String...) -> [[Inline]] { texts.map { [.text($0)] } }

    private static let narrowTable = MarkdownBlock.table(
        alignments: [.left, .right, .center], header: cells("Register", "Value", "Ring"),
        rows: [cells("EAX", "0x19", "3"), cells("EDX", "0x12fefc", "3"), cells("", "0", "none")])

    private static let broadTable = MarkdownBlock.table(
        alignments: [.none, .none, .none],
        header: cells("Door", "What the processor saves", "What is left to software"),
        rows: [
            cells(
                "INT 2Eh", "SS, ESP, EFLAGS, CS and EIP, on the kernel stack that the TSS names",
                "the general registers and the segment registers"),
            cells(
                "SYSENTER", "nothing",
                "everything: even the way back has to be known beforehand, which is why the stub is in a shared page"),
        ])
}
