import Debugger
import Testing
import X86

@testable import ntlearn

@Suite("Structures are shown")
struct DisplayTypeWordTests {
    private static let source = """
        bits 32
        org 0x100000
        struc _PAIR
        .First:     resd 1      ; Uint4B
        .Second:    resd 1      ; Ptr32 Void
        endstruc
        struc _OUTER
        .Tag:       resb 1      ; UChar
                    resb 3
        .Pair:      resb 8      ; _PAIR
        .Eip:       resd 1      ; Uint4B
        endstruc
        start: dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000), start, start, 0, 0, nt@Start
        nt@Start: hlt
        nt@Outer: dd 0x41, 5, 0x80000000, 7
        """

    private func learner() throws -> Learner {
        let learner = try Learner.atProgramStart()
        let assembly = try Assembler(file: "types.asm", source: Self.source).assemble()
        let image = try BootableImage(name: "types", assembly: assembly)
        learner.session.debugger.machine = Machine(image: image, model: try #require(CPUModel.named("pentium2")))
        return learner
    }

    @Test("dt shows a layout, or the values at an address")
    func layout() throws {
        let learner = try learner()
        #expect(
            learner.type("dt _OUTER") == """
                _OUTER
                   +0x000 Tag              : UChar
                   +0x004 Pair             : _PAIR
                   +0x00c Eip              : Uint4B

                """)
        #expect(
            learner.type("dt nt!_OUTER nt!Outer") == """
                _OUTER
                   +0x000 Tag              : 0x41 'A'
                   +0x004 Pair             : _PAIR
                   +0x00c Eip              : 0x7

                """)
    }

    @Test("Fields are selected by name, even if the name is an address too; -r opens what is inside")
    func fields() throws {
        let learner = try learner()
        #expect(learner.lines("dt outer Eip nt!Outer") == ["_OUTER", "+0x00c Eip              : 0x7"])
        #expect(learner.lines("dt outer P* T* nt!Outer").count == 3)
        #expect(learner.lines("dt -r outer Pair nt!Outer").last == "+0x004 Second           : 0x80000000 Void")
    }

    @Test("A pattern lists types, an unknown name is guessed, and Tab completes them")
    func names() throws {
        let learner = try learner()
        #expect(learner.lines("dt *") == ["_PAIR", "_OUTER"])
        #expect(learner.type("dt _PAI").contains("Did you mean _PAIR?"))
        #expect(
            learner.type("dt _PAIR nosuch").contains("Column 10: \"nosuch\" is neither a field of _PAIR nor an address")
        )
        #expect(learner.type("dt -r9 _PAIR").contains("DEPTH is 0 to 8."))
        #expect(learner.type("dt").contains("Usage: dt"))
        let completion = learner.session.complete(CompletionRequest(preceding: "dt ", word: "_O"))
        #expect(completion == .candidates(["_OUTER"], endsWord: false))
    }

    @Test("A machine without structures says so")
    func none() throws {
        let learner = try Learner.atProgramStart()
        let image = try BootableImage(name: "bare", bytes: try learner.session.machine().image.bytes)
        learner.session.debugger.machine = Machine(image: image, model: try #require(CPUModel.named("pentium2")))
        #expect(learner.type("dt _KTHREAD").contains("lays out no structures"))
    }
}
