import LessonEngine

/// A trace without a machine: it knows what EAX holds, and reads the keys that tests need.
struct StandInTrace: LiveBlock {
    struct UnknownSymbol: Error, CustomStringConvertible {
        let description: String
    }

    let id: String
    let location: SourceLocation
    let fields: [String]

    func value(of expression: String) throws -> String {
        guard expression == "eax" else { throw UnknownSymbol(description: "no symbol `\(expression)`") }
        return "0x19"
    }
}

struct StandInTraceKind: BlockKind {
    let name = "trace"

    func makeBlock(_ fields: inout Fields) -> (any Block)? {
        let machine = fields.requiredString("machine")
        let steps = fields.int("steps", in: 1...100)
        let watch = fields.strings("watch")
        let mode = fields.word("mode", among: ["user", "kernel"])
        let boot = fields.bool("boot")
        let vary = fields.pairs("vary")
        let predict = fields.mappings("predict") { item in
            let at = item.requiredString("at")
            _ = item.string("ask")
            return at?.value
        }
        guard let machine else { return nil }
        let read =
            [machine.value] + (steps.map { ["\($0.value)"] } ?? []) + watch.map(\.value)
            + (mode.map { [$0.value] } ?? []) + (boot.map { ["\($0.value)"] } ?? [])
            + vary.map { "\($0.key.value)=\($0.value.value)" } + predict
        return StandInTrace(id: fields.id, location: fields.location, fields: read)
    }
}

extension CourseLoader {
    /// Knows quizzes and the stand-in for traces.
    static var forTests: CourseLoader {
        var registry = Registry.builtIn
        registry.register(StandInTraceKind())
        return CourseLoader(registry: registry)
    }
}
