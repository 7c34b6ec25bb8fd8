/// One entry of `vary`: what a question's `$(name)` can stand for.
struct Parameter: Sendable {
    enum Values: Sendable {
        /// One of these; each a text, under an empty field, or several texts that belong together.
        case items([[String: String]])
        /// `first`, `first + step` … `first + step * (count - 1)`.
        case numbers(first: UInt64, step: UInt64, count: UInt64, WrittenNumber.Notation)
    }

    let name: Located<String>
    let values: Values

    /// What may stand between `$(` and `)`: `handle`, or `door.machine` for texts that belong together.
    var references: [String] {
        switch values {
        case .numbers: [name.value]
        case .items(let items): (items.first ?? [:]).keys.sorted().map(reference)
        }
    }

    private func reference(_ field: String) -> String { field.isEmpty ? name.value : "\(name.value).\(field)" }

    /// What each reference stands for in the member that `seed` picks.
    func pick(seed: UInt64, question: String) -> [String: String] {
        var random = SplitMix64(seed: seed, purpose: "\(question)/\(name.value)")
        switch values {
        case .numbers(let first, let step, let count, let notation):
            let value = first &+ step &* random.next(below: count)
            return [name.value: WrittenNumber(value, notation).text]
        case .items(let items):
            let item = items[Int(random.next(below: UInt64(items.count)))]
            return Dictionary(item.map { (reference($0.key), $0.value) }, uniquingKeysWith: { $1 })
        }
    }
}

/// One question of a family: what its parameters stand for.
struct FamilyMember: Sendable {
    let seed: UInt64
    let values: [String: String]

    init(_ parameters: [Parameter], seed: UInt64, question: String) {
        self.seed = seed
        values = parameters.reduce(into: [:]) { values, parameter in
            values.merge(parameter.pick(seed: seed, question: question)) { $1 }
        }
    }

    /// `handle = 0x44, service = NtClose`, shortened for a message.
    var description: String {
        let pairs = values.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        let text = cleaned(pairs.joined(separator: ", ").unicodeScalars.map { $0 == "\n" ? " " : $0 })
        return text.count > 100 ? text.prefix(99) + "…" : text
    }
}
