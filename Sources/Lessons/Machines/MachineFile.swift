import Debugger
import X86

/// A machine as its source or its file describes it, ready to be booted with a program.
public struct MachineFile: Sendable {
    /// How people call it: `xp`.
    public let name: String
    /// For people.
    public let title: String
    /// The processor that it gets unless another one is asked for.
    public let defaultModel: CPUModel
    /// The image with the program that it came with.
    public let image: BootableImage
    /// The sections' contents by address, for reading code before anything has booted. Empty without a source.
    let assembly: Assembly?
    /// The labels of the stubs in user space.
    let stubs: Stubs
    /// Path of a file that the assembly names.
    private let path: @Sendable (String) -> String
    /// Programs that differ only in figures have the same symbols.
    private let symbolTables = SharedValues<[Symbol], SymbolTable>(capacity: 16)

    /// The section that holds the user program, at 00400000h in our own images.
    static let programSection = "program"

    init(
        name: String, source: String, assembly: Assembly, path: @escaping @Sendable (String) -> String = { $0 }
    ) throws(MachineError) {
        self.path = path
        let header = MachineHeader(source: source)
        self.name = name
        title = header.title ?? name
        defaultModel = try CPUModel.request(header.cpu ?? "pentium3")
        self.assembly = assembly
        do { image = try BootableImage(name: name, assembly: assembly) } catch {
            throw MachineError("\(name) is not a bootable image: \(error.message)", note: error.note)
        }
        stubs = Stubs(image.symbols)
    }

    init(name: String, bytes: [UInt8]) throws(MachineError) {
        self.name = name
        title = name
        defaultModel = try CPUModel.request("pentium3")
        assembly = nil
        path = { $0 }
        do { image = try BootableImage(name: name, bytes: bytes) } catch {
            throw MachineError("\(name) cannot be booted: \(error.message)", note: error.note)
        }
        stubs = Stubs(image.symbols)
    }

    /// The image's symbols with those of another program.
    func symbols(withProgram program: [Symbol]) -> SymbolTable {
        symbolTables.value(program) {
            let others = image.symbols.symbols.filter { $0.module != Self.programSection }
            let ranges = (assembly?.sections ?? []).map(BootableImage.range)
            return SymbolTable(others + program, sections: ranges, moduleOrder: image.symbols.modules)
        }
    }

    /// Path of a file that the assembly names, as an editor finds it.
    func path(of file: String) -> String { path(file) }

    /// The section for user programs, if this machine has one.
    var programSpace: Assembly.Section? {
        assembly?.sections.first { $0.name == Self.programSection && $0.fileOffset != nil }
    }

    /// The section of the source that covers a linear address.
    public func sectionName(at address: UInt32) -> String? {
        assembly?.sections.first { BootableImage.range(of: $0).contains(UInt64(address)) }?.name
    }

    /// The bytes from a linear address to the end of its section, as the file has them.
    func code(at address: UInt32) -> ArraySlice<UInt8> {
        guard let assembly,
            let section = assembly.sections.first(where: { BootableImage.range(of: $0).contains(UInt64(address)) }),
            let start = section.fileOffset
        else { return [] }
        let from = start + Int(address - section.address)
        let end = min(start + section.size, assembly.bytes.count)
        return from < end ? assembly.bytes[from..<end] : []
    }
}

extension CPUModel {
    /// The model of that name.
    /// - Throws: an error that lists the models.
    static func request(_ name: String) throws(MachineError) -> CPUModel {
        if let model = named(name) { return model }
        throw MachineError(
            "there is no CPU model called \"\(name)\"",
            note: "the models are \(all.map(\.name).joined(separator: ", "))")
    }
}
