import Debugger
import Spelling

extension MachineError {
    /// No structure of a machine has this name.
    public static func unknownType(_ name: String, among table: TypeTable) -> MachineError {
        let names = table.types.map(\.name)
        let note =
            names.isEmpty
            ? "the machine's source lays out none with `struc`"
            : didYouMean(name, among: names).map { "did you mean \($0)?" }
                ?? "there are \(names.joined(separator: ", "))"
        return MachineError("there is no structure called \"\(name)\"", note: note)
    }
}
