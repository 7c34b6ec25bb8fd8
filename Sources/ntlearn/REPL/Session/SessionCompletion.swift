import Debugger
import LessonEngine
import Lessons
import X86

/// Tab at the prompt: words, and what the word at hand takes.
extension LearnSession {
    func complete(_ request: CompletionRequest) -> Completion {
        words.completion(for: request) { [self] kind, typed in candidates(kind, typed) }
    }

    private func candidates(_ kind: CompletionKind, _ typed: String) -> [String] {
        switch kind {
        case .register:
            let typed = typed.hasPrefix("@") ? typed.dropFirst() : typed[...]
            return Machine.registerNames.filter { $0.hasPrefix(typed.lowercased()) }
        case .symbol: return typed.isEmpty ? [] : (try? machine().symbols.completions(of: typed)) ?? []
        case .structure:
            let names = (try? machine().types.types.map(\.name)) ?? []
            return typed.isEmpty ? [] : names.filter { $0.lowercased().hasPrefix(typed.lowercased()) }
        case .instruction:
            return typed.isEmpty ? [] : InstructionReference.mnemonics.filter { $0.hasPrefix(typed.lowercased()) }
        case .group:
            return WordGroup.allCases.map { $0.rawValue.lowercased() }.filter { $0.hasPrefix(typed.lowercased()) }
        case .term:
            let names = glossary.names.map { $0.lowercased().replacing(" ", with: "-") }
            return typed.isEmpty ? [] : names.filter { $0.hasPrefix(typed.lowercased()) }
        case .lesson: return library.entries.map(\.lesson.id).filter { $0.hasPrefix(typed.lowercased()) }
        case .mark:
            return (debugger.timeline?.marks.map(\.name) ?? []).filter { $0.hasPrefix(typed) }
        case .machine: return machineNames.filter { $0.hasPrefix(typed.lowercased()) }
        case .view: return DebuggerView.allCases.map(\.rawValue).filter { $0.hasPrefix(typed.lowercased()) }
        case .topic: return Drill.topics.map(\.name).filter { $0.hasPrefix(typed.lowercased()) }
        case .word, .file: return []
        }
    }
}
