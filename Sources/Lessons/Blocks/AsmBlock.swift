import Debugger
import LessonEngine
import X86

/// Assembly that a lesson shows, and that its traces and questions can run.
///
///     ```asm id=null-read
///         mov eax, [0]
///     ```
public struct AsmBlock: Block {
    /// Unique in its lesson.
    public let id: String
    /// The opening fence.
    public let location: SourceLocation
    /// The source, as it was written.
    public let text: String

    let place: TextPlace
    let library: MachineLibrary

    /// A listing stands in the prose.
    public var endsPage: Bool { false }

    /// It must assemble as the program of some machine; which one, only who runs it can tell.
    public func check() -> [Diagnostic] {
        var first: MachineError?
        for machine in library.names.sorted(by: { ($0 == "xp" ? 0 : 1, $0) < ($1 == "xp" ? 0 : 1, $1) }) {
            do throws(MachineError) {
                _ = try library.image(for: MachineRequest(machine: machine, program: .assembly(text)))
                return []
            } catch {
                if first == nil, error.kind == .program { first = error }
            }
        }
        let places = MachinePlaces(machine: location, calls: [], program: place)
        return first.map(places.diagnostics) ?? []
    }
}

/// Reads `asm` blocks.
struct AsmKind: BlockKind {
    static let blockName = "asm"
    let name = "asm"
    let isText = true
    let library: MachineLibrary

    func makeBlock(_ fields: inout Fields) -> (any Block)? {
        guard let (text, place) = fields.listing(name, id: fields.id) else { return nil }
        guard !text.allSatisfy(\.isWhitespace) else {
            fields.report(.badProgram, at: fields.location, "this `asm` block is empty")
            return nil
        }
        return AsmBlock(id: fields.id, location: fields.location, text: text, place: place, library: library)
    }
}
