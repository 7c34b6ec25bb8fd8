import Debugger
import Foundation
import Spelling
import X86

/// The machines of the built-in course and of other courses: found by name, assembled once, kept.
public final class MachineLibrary: Sendable {
    /// Folders that hold `.asm` files, the first to have a name wins.
    let folders: [String]
    /// The one of the built-in machines, whose files every machine may `%include`.
    let builtInFolder: String?
    private let files = SharedValues<String, MachineFile>(capacity: 64)
    /// With the programs of blocks in place: a block is run many times, and its program assembled once.
    let images = SharedValues<MachineRequest, Result<BootableImage, MachineError>>(capacity: 32)
    /// What expressions are at moments of runs, which are the same each time.
    let values = SharedValues<ValueKey, UInt64>(capacity: 256)

    /// An expression at a moment of a run.
    struct ValueKey: Hashable, Sendable {
        let request: MachineRequest
        let stretch: TraceRequest?
        let at: String
        let expression: String
    }

    /// The names that the lessons use for the seed's three listings.
    public static let shorthands: [(name: String, image: String, cpu: String)] = [
        ("int2e", "win2k", "pentium2"), ("sysenter", "xp", "pentium3"), ("syscall", "xp", "k6-2"),
    ]

    /// A library over the `machines` folders of some courses, then of the built-in one.
    public init(courses: [String], builtIn: String? = nil) {
        let all = courses + (builtIn.map { courses.contains($0) ? [] : [$0] } ?? [])
        folders = all.map { "\($0)/machines" }
        builtInFolder = builtIn.map { "\($0)/machines" }
    }

    /// The machines' names, in alphabetical order.
    public var names: [String] { Set(folders.flatMap(Self.names)).sorted() }

    /// The names of the machines in one folder.
    static func names(in folder: String) -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return found.filter { $0.hasSuffix(".asm") }.map { String($0.dropLast(4)) }
    }

    /// A machine by its name, or by the path of an `.asm` source or of any Multiboot-1 ELF32 file.
    public func file(_ name: String) throws(MachineError) -> MachineFile {
        try files.value(name) { () throws(MachineError) in try load(name) }
    }

    private func load(_ name: String) throws(MachineError) -> MachineFile {
        if name.contains("/") || name.hasSuffix(".asm") || name.hasSuffix(".elf") { return try loadPath(name) }
        guard Self.isPlainName(name), let path = try path(of: name) else {
            let known = names + Self.shorthands.map(\.name)
            throw MachineError(
                "there is no machine called \"\(name)\"",
                note: didYouMean(name, among: known).map { "did you mean \($0)?" }
                    ?? "the machines are \(known.joined(separator: ", "))")
        }
        return try assemble(path, name: name)
    }

    private func path(of name: String) throws(MachineError) -> String? {
        for folder in folders {
            let path = "\(folder)/\(name).asm"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            guard folder == builtInFolder || IncludeFolder.isInside(path, folder) else {
                throw MachineError("\(path) is a link that leads out of its folder", note: "put the file itself there")
            }
            return path
        }
        return nil
    }

    private func loadPath(_ path: String) throws(MachineError) -> MachineFile {
        if path.hasSuffix(".asm") {
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            return try assemble(path, name: name)
        }
        return try MachineFile(name: path, bytes: try Self.read(path))
    }

    private func assemble(_ path: String, name: String) throws(MachineError) -> MachineFile {
        let source = try Self.text(path, fromStranger: true)
        let includes = IncludeFolder(of: path, builtIn: builtInFolder)
        let assembler = Assembler(file: path, source: source, include: includes.text)
        let assembly: Assembly
        do { assembly = try assembler.assemble() } catch {
            throw MachineError(
                "\(path) does not assemble",
                diagnostics: error.diagnostics.map { found in
                    var named = found
                    named.file = Self.path(of: found.file, includes, path)
                    return named
                })
        }
        return try MachineFile(name: name, source: source, assembly: assembly) {
            Self.path(of: $0, includes, path)
        }
    }

    /// The path by which an editor finds an included file.
    private static func path(of file: String, _ includes: IncludeFolder, _ source: String) -> String {
        guard file != source else { return file }
        let beside = URL(fileURLWithPath: source).deletingLastPathComponent().appendingPathComponent(file)
        let isBeside = FileManager.default.fileExists(atPath: beside.path)
        return isBeside ? beside.relativePath : includes.path(file) ?? file
    }

    /// - Parameter fromStranger: whether a course names the file, and not the user: it must then be a regular one, for a
    ///   pipe or a device could block for ever.
    static func text(_ path: String, fromStranger: Bool = false) throws(MachineError) -> String {
        var status = stat()
        if fromStranger, stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw MachineError("\(path) is no regular file", note: "an .asm file is assembly source")
        }
        guard let text = String(bytes: try read(path), encoding: .utf8) else {
            throw MachineError("\(path) is not UTF-8 text", note: "an .asm file is assembly source")
        }
        return text
    }

    /// Images and sources are small; a file that is not is not meant.
    private static let largestFile = 16 << 20

    private static func read(_ path: String) throws(MachineError) -> [UInt8] {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let data = try handle.read(upToCount: largestFile + 1) ?? Data()
            guard data.count <= largestFile else { throw CocoaError(.fileReadTooLarge) }
            return [UInt8](data)
        } catch CocoaError.fileReadTooLarge {
            throw MachineError("\(path) is larger than 16 MiB", note: "a machine's RAM has only 16 MiB")
        } catch {
            throw MachineError("cannot read \(path)", note: "name a machine, an .asm source or a Multiboot ELF file")
        }
    }

    private static func isPlainName(_ name: String) -> Bool {
        !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
