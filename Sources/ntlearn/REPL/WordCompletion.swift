extension WordRegistry {
    /// What may stand at the cursor: a word at the beginning of a command, behind it what that word takes.
    ///
    /// - Parameter candidates: the names of one kind that can go on from what was typed so far.
    func completion(
        for request: CompletionRequest, candidates: (CompletionKind, String) -> [String]
    ) -> Completion {
        let command = Self.lastCommand(of: request.preceding)
        guard command.contains(where: { !$0.isWhitespace }) else { return words(from: request.word) }
        guard let spec = try? splitter.commands(in: String(command)).last?.spec else { return .nothing }
        if spec.completion.contains(.file) { return .files }
        let kinds = spec.completion
        let named = kinds.filter { $0 != .word }.flatMap { candidates($0, request.word) }
        let words = kinds.contains(.word) ? spellings(from: request.word) : []
        let isExpression = kinds.contains(.register) || kinds.contains(.symbol)
        return .candidates(words + named, endsWord: !isExpression)
    }

    private func words(from beginning: String) -> Completion {
        .candidates(spellings(from: beginning), endsWord: true)
    }

    private func spellings(from beginning: String) -> [String] {
        specs.flatMap(\.spellings).filter { $0.hasPrefix(beginning.lowercased()) }
    }

    private static func lastCommand(of text: String) -> Substring {
        let command = text.split(separator: ";", omittingEmptySubsequences: false).last ?? ""
        let body = command.drop(while: \.isWhitespace)
        return body.first == ":" ? body.dropFirst() : command
    }
}
