import Foundation

/// A script of ours that asks a package of Python's, installed as usual or by `scripts/install-packages --tests`.
struct PythonOracle {
    /// The script's path.
    let script: String

    private static let packages = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../../.build-oracles/python").standardizedFileURL.path

    /// A script beside the Swift file that calls this.
    init(_ name: String, beside file: String = #filePath) {
        script = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// Whether the script finds what it needs.
    var isInstalled: Bool {
        let process = process(["--check"])
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// The script, not yet started. What it says on standard error is left out.
    func process(_ arguments: [String] = []) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-B", script] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": Self.packages]) { $1 }
        process.standardError = FileHandle.nullDevice
        return process
    }
}
