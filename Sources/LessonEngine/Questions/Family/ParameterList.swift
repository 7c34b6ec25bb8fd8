/// A list that `vary` can name in place of writing it down: `service: one of services`.
public protocol ParameterList: Sendable {
    /// What stands behind `one of`.
    var name: String { get }
    /// The items. Each has a text of its own, under an empty name, which `$(service)` stands for, and others under names:
    /// `$(service.number)`. All items have the same names.
    /// - Parameter machine: the value of the block's key `machine`, if it has one.
    /// - Throws: an error whose description says why there is no such list.
    func items(machine: String?) throws -> [[String: String]]
}

// Lists by name.
extension ParameterReader {
    private static let introduction = "one of "

    static func isNamedList(_ text: String) -> Bool { text.hasPrefix(introduction) }

    /// `one of services`
    func namedList(_ text: String, at place: SourceLocation) -> Parameter.Values? {
        let name = text.dropFirst(Self.introduction.count).drop { $0 == " " }
        let lists = fields.context.registry.lists
        guard let list = lists[String(name)] else {
            let known = lists.isEmpty ? "" : "the lists are \(lists.keys.sorted().joined(separator: ", ")); or "
            report(place, "there is no list called `\(name)`", "\(known)write one: [first, second]")
            return nil
        }
        do {
            let items = try list.items(machine: machine)
            guard Set(items).count > 1 else {
                report(place, "the list `\(name)` has no two values to choose from", nil)
                return nil
            }
            return .items(items)
        } catch {
            report(place, "there is no list `\(name)` here: \(error)", nil)
            return nil
        }
    }

    private var machine: String? {
        guard case .scalar(let text, _)? = fields.value("machine")?.content else { return nil }
        return text
    }
}
