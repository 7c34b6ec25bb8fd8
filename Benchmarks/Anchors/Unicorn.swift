import Foundation

/// Unicorn, which translates to machine code: without a hook, and with the hook that a tracing tool needs.
struct Unicorn: Anchor {
    let name: String
    /// What goals compare its speed without a hook as.
    let role: Way.Role
    /// The folder that holds `unicorn/unicorn.h`, of several places where it may be.
    let headers: [String]
    /// What the C compiler needs to find the library.
    let libraryArguments: [String]

    /// The library that the system's packages bring.
    static let ofSystem = Unicorn(
        name: "Unicorn of the system", role: .unicorn,
        headers: ["/usr/include", "/usr/local/include", "/opt/homebrew/include"],
        libraryArguments: ["-lunicorn"])

    /// The library in the Python package that the tests use.
    static let ofPython: Unicorn = {
        let folder = FileManager.default.currentDirectoryPath + "/.build-oracles/python/unicorn"
        return Unicorn(
            name: "Unicorn of PyPI", role: .other, headers: [folder + "/include"],
            libraryArguments: [folder + "/lib/libunicorn.so.2", "-Wl,-rpath,\(folder)/lib"])
    }()

    func ways(for loop: GuestLoop) throws -> [Way] {
        let header = headers.first { FileManager.default.fileExists(atPath: $0 + "/unicorn/unicorn.h") }
        guard let header else { return [] }
        guard let compiler = Program(named: "cc") ?? Program(named: "clang") else {
            throw BenchmarkError("its driver needs a C compiler")
        }
        let folder = try WorkFolder(name)
        let driver = folder.path("unicorn")
        try folder.write(try loop.code(), to: "loop.bin")
        let arguments = ["-O2", "-I", header, "-o", driver, "Benchmarks/Anchors/unicorn.c"] + libraryArguments
        _ = try compiler.output(arguments)
        let program = Program(path: driver)
        let version = "Unicorn \(try program.output("version"))"
        let run = { mode in try Self.sample(program.output(mode, folder.path("loop.bin")), loop) }
        return [
            Way(version, role) { try run("plain") },
            Way("\(version), hook records EIP and 8 registers", .unicornHook) { try run("hook") },
        ]
    }

    /// Reads what the driver prints: nanoseconds, EAX, EBX.
    private static func sample(_ output: String, _ loop: GuestLoop) throws -> Sample {
        let fields = output.split(separator: " ").compactMap { Int64($0) }
        guard fields.count == 3, fields[1] == GuestLoop.result.eax, fields[2] == GuestLoop.result.ebx else {
            throw BenchmarkError("the driver answered \"\(output)\"")
        }
        return Sample(units: loop.instructions, time: .nanoseconds(fields[0]))
    }
}
