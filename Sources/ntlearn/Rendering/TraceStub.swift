import Debugger
import X86
struct TraceListRenderer {
    init(layout: Layout, symbols: SymbolTable) {}
    mutating func lines(for s: TraceStep, after: RegisterState) -> [StyledText] {
        [StyledText("\(s.before.cpl) \(s.location.map{"\($0)"} ?? "")  \(s.code.text)")]
    }
    mutating func finish() -> [StyledText] { [] }
}
